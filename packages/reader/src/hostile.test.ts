import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isStateName } from '@hedge-telemetry/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReader } from './reader.js';

interface HostileRow {
  readonly id: string;
  readonly surface: string;
  readonly b64: string;
  readonly json_valid: boolean;
}

const corpus = process.env['TELEMETRY_CORPUS'] ?? resolve(import.meta.dirname, '../../../../shared/corpus');
const hostile = join(corpus, 'bad-json', 'hostile.jsonl');
const rows: HostileRow[] = existsSync(hostile)
  ? readFileSync(hostile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

const UNKNOWN: ReadonlySet<string> = new Set(['never', 'invalid', 'unreadable']);

let dir: string;

/** Reads the row's bytes as its surface: the state of each document or line, whether it fits the value given, and ms taken. */
async function readRow({ surface, b64 }: HostileRow): Promise<{ states: string[]; fitting: boolean; ms: number }> {
  const reader = createReader({ dir, now: () => 1_764_000_000 });
  const [name = '', kind] = surface.split('.');
  await writeFile(join(dir, kind === 'json' ? 'state' : 'execution', surface), Buffer.from(b64, 'base64'));
  const started = performance.now();
  const states: string[] = [];
  let fitting = true;
  if (isStateName(name)) {
    const { state, value } = await reader.read(name);
    states.push(state);
    fitting = (value === null) === UNKNOWN.has(state);
  } else {
    for await (const { record, findings } of reader.tail('events')) {
      states.push(record === null ? 'invalid' : 'known');
      fitting &&= record !== null || findings.length > 0;
    }
  }
  return { states, fitting, ms: performance.now() - started };
}

describe.skipIf(rows.length === 0)('hostile documents', () => {
  const prototypeKeys = Reflect.ownKeys(Object.prototype);
  const outcomes: { row: HostileRow; states: string[]; fitting: boolean; ms: number }[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reader-hostile-'));
    await mkdir(join(dir, 'state'));
    await mkdir(join(dir, 'execution'));
    for (const row of rows) outcomes.push({ row, ...(await readRow(row)) });
  });

  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('are read without throwing, within a second each', () => {
    expect(outcomes.filter(({ ms }) => ms >= 1_000).map(({ row }) => row.id)).toEqual([]);
  });

  it('give a value exactly where the state says that it is known', () => {
    expect(outcomes.filter(({ fitting }) => !fitting).map(({ row }) => row.id)).toEqual([]);
  });

  it('leave Object.prototype alone', () => {
    expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
  });

  it('are unreadable where they are not JSON', () => {
    const broken = outcomes.filter(({ row }) => !row.json_valid && row.surface.endsWith('.json'));
    expect(broken.filter(({ states }) => states.join() !== 'unreadable').map(({ row }) => row.id)).toEqual([]);
  });
});
