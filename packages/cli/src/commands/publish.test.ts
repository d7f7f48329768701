import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument } from '../../test/run-cli.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-publish-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

function publish(document: unknown, ...flags: string[]): ReturnType<typeof cli> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return cli(['publish', 'nav', '--dir', dir, ...flags], text);
}

async function published(): Promise<unknown> {
  return JSON.parse(await readFile(join(dir, 'state/nav.json'), 'utf8'));
}

describe('publish', () => {
  it('puts a valid document in place, which show then calls fresh', async () => {
    const document = navDocument();
    const { exit, out, err } = await publish(document);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toBe(`nav published to ${join(dir, 'state/nav.json')}\n`);
    expect(await published()).toEqual({ schema: 'nav_v1', ...document });
    expect((await cli(['show', 'nav', '--dir', dir])).out).toMatch(/^nav  FRESH/);
  });

  it('refuses an invalid document, says why, and keeps the last valid one', async () => {
    await publish(navDocument());
    const before = await published();
    const { exit, out, err } = await publish({ ...navDocument(), nav_total: 'much', moon: 1 });
    expect({ exit, out }).toEqual({ exit: 5, out: '' });
    expect(err).toContain('error <stdin>: /nav_total is "much", expected number or null [type-mismatch]\n');
    expect(err).toContain('error <stdin>: /moon is not declared by the contract [unknown-field]\n');
    expect(err).not.toMatch(/^\s+at /m);
    expect(await published()).toEqual(before);
  });

  it.each([
    ['torn', '{"nav_total": 1'],
    ['empty', ''],
    ['Python', "{'nav_total': None}"],
  ])('refuses what is %s', async (_name, text) => {
    const { exit, err } = await publish(text);
    expect(exit).toBe(5);
    expect(err).toContain('[json-syntax]');
    await expect(stat(join(dir, 'state'))).rejects.toThrow('ENOENT');
  });

  it('reports as JSON', async () => {
    const { exit, out } = await publish({ ...navDocument(), nav_total: 'much' }, '--json');
    expect(exit).toBe(5);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      surface: 'nav',
      file: join(dir, 'state/nav.json'),
      findings: [{ rule: 'type-mismatch', pointer: '/nav_total', file: '<stdin>' }],
    });
    expect(JSON.parse((await publish(navDocument(), '--json')).out)).toMatchObject({ ok: true, findings: [] });
  });

  it('takes percentages as plain numbers in the unit of their field', async () => {
    const snapshot = {
      updated_ts: Date.now() / 1000,
      dd_state: null,
      dd_pct: 0.5,
      daily_loss_frac: 0.25,
      risk_mode: 'OK',
      router_stats: null,
      symbols: null,
    };
    const { exit, err } = await cli(['publish', 'risk_snapshot', '--dir', dir], JSON.stringify(snapshot));
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const written = JSON.parse(await readFile(join(dir, 'state/risk_snapshot.json'), 'utf8'));
    expect(written).toMatchObject({ dd_pct: 0.5, dd_frac: 0.005, daily_loss_frac: 0.25 });
  });

  it('exits 4 where the file cannot be written', async () => {
    await writeFile(join(dir, 'state'), '');
    const { exit, err } = await publish(navDocument());
    expect(exit).toBe(4);
    expect(err).toContain('[write-failed]');
  });
});
