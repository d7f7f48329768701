import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cli } from '../../test/run-cli.js';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cli-infer-'));
  mkdirSync(join(dir, 'logs/state'), { recursive: true });
  writeFileSync(join(dir, 'logs/state/regimes.json'), '{"updated_ts":1764003600,"atr_regime":1}');
});

afterEach(() => rmSync(dir, { recursive: true }));

async function infer(...options: string[]) {
  return cli(['infer', join(dir, 'logs'), '--out', join(dir, 'drafts'), ...options]);
}

it('drafts what has no schema, and keeps a draft that somebody may have worked on', async () => {
  writeFileSync(join(dir, 'logs/state/nav.json'), '{}');
  const first = await infer();
  expect(first).toMatchObject({ exit: 0 });
  expect(first.out).toMatch(/state\/nav\.json: the contract declares it as nav\n/);
  expect(first.out).toMatch(/state\/regimes\.json: drafted .* from 1 document; \d+ questions\n/);
  const draft = join(dir, 'drafts/state/regimes.schema.json');
  appendFileSync(draft, '\n');
  const worked = readFileSync(draft, 'utf8');
  expect((await infer()).out).toContain('which is there already');
  expect(readFileSync(draft, 'utf8')).toBe(worked);
});

it('says which lines are no JSON and drafts from the others, also beside a torn last line', async () => {
  mkdirSync(join(dir, 'logs/execution'));
  writeFileSync(join(dir, 'logs/execution/fills.jsonl'), '{"ts":1764003600}\nnot json\n{"ts":1764003601}\n{"ts":17');
  const { out, err } = await infer();
  expect(out).toContain('from 2 lines');
  expect(err).toMatch(/fills\.jsonl:2/);
});

it('exits 4 where nothing in a file can be read', async () => {
  writeFileSync(join(dir, 'logs/state/torn.json'), '{"a":');
  const { exit, out } = await infer();
  expect(exit).toBe(4);
  expect(out).toContain('state/torn.json: failed, nothing in it could be read');
  expect(existsSync(join(dir, 'drafts/state/torn.schema.json'))).toBe(false);
});

it('takes no schema for a surface, and prints no name that could steer a terminal', async () => {
  writeFileSync(join(dir, 'logs/state/own.schema.json'), '{}');
  writeFileSync(join(dir, 'logs/state/\u001b[2Jred.json'), '{"ts":1764003600}');
  const { out } = await infer();
  expect(out).toContain('own.schema.json: left out, a schema');
  expect(out).not.toContain('\u001b');
  expect((await infer('--json')).out).not.toContain('\u001b');
});
