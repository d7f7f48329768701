import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navLine } from '../../test/run-cli.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-append-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function lines(ledger: string): Promise<string[]> {
  return (await readFile(join(dir, `execution/${ledger}.jsonl`), 'utf8')).trimEnd().split('\n');
}

describe('append', () => {
  it('appends every line, the last one also without a newline', async () => {
    const { exit, out } = await cli(['append', 'nav_history', '--dir', dir], navLine(1) + navLine(2).trimEnd());
    expect({ exit, out }).toEqual({
      exit: 0,
      out: `2 of 2 records appended to ${join(dir, 'execution/nav_history.jsonl')}\n`,
    });
    await cli(['append', 'nav_history', '--dir', dir], navLine(3));
    expect((await lines('nav_history')).map((line) => JSON.parse(line).ts)).toEqual([1, 2, 3]);
  });

  it('goes on after a bad line, names its number, and exits 5', async () => {
    const input = `${navLine(1)}\n{"ts": 3, "nav\n{"ts": 4, "nav_total": "much"}\n${navLine(5)}`;
    const { exit, out, err } = await cli(['append', 'nav_history', '--dir', dir], input);
    expect(exit).toBe(5);
    expect(out).toMatch(/^2 of 4 records appended/);
    expect(err).toContain('error <stdin>:3: The text is not JSON. [json-syntax]');
    expect(err).toContain('error <stdin>:4: /nav_total is "much", expected number or null [type-mismatch]');
    expect((await lines('nav_history')).map((line) => JSON.parse(line).ts)).toEqual([1, 5]);
  });

  it('keeps every digit of a 64-bit id', async () => {
    const event =
      '{"type":"cancel","symbol":"BTCUSDT","qty":1,"price":2,"is_maker":null,"slippage_bps":null,"order_id":9007199254740993,"metadata":{}}';
    const { exit, err } = await cli(['append', 'events', '--dir', dir], `${event}\n`);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect((await lines('events')).map((line) => JSON.parse(line).order_id)).toEqual(['9007199254740993']);
  });

  it('reports as JSON', async () => {
    const { exit, out } = await cli(['append', 'nav_history', '--dir', dir, '--json'], `${navLine(1)}nonsense\n`);
    expect(exit).toBe(5);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      ledger: 'nav_history',
      lines: { total: 2, appended: 1, refused: 1 },
      findings: [{ rule: 'json-syntax', line: 2, file: '<stdin>' }],
    });
  });

  it('appends many lines in order', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => navLine(index + 1));
    expect((await cli(['append', 'nav_history', '--dir', dir], many.join(''))).exit).toBe(0);
    expect((await lines('nav_history')).map((line) => JSON.parse(line).ts)).toEqual(many.map((_, index) => index + 1));
  });

  it('exits 4 where the ledger cannot be written', async () => {
    await writeFile(join(dir, 'execution'), '');
    const { exit, err } = await cli(['append', 'nav_history', '--dir', dir], navLine(1));
    expect(exit).toBe(4);
    expect(err).toContain('[write-failed]');
  });
});
