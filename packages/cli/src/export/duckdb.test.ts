import { cpSync, existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';
import { registry, stateNames } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, corpus, navDocument, navLine, put } from '../../test/run-cli.js';

const examples = resolve(import.meta.dirname, '../../../../schemas/examples');

let dir: string;
let connection: DuckDBConnection;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cli-duckdb [it's]*-"));
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("SET TimeZone = 'UTC'");
});

afterEach(async () => {
  connection.closeSync();
  await rm(dir, { recursive: true, force: true });
});

/** Makes the views that the command prints for a directory. */
async function loadViews(of = dir): Promise<void> {
  const { exit, out, err } = await cli(['export', 'duckdb', '--dir', of]);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  await connection.run(out);
}

async function rows(sql: string): Promise<Record<string, Json>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

async function example(surface: string, name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(examples, surface, 'valid', `${name}.json`), 'utf8'));
}

describe('export duckdb', () => {
  it('makes a view of every surface and ledger, empty where there is no file', async () => {
    await loadViews();
    for (const name of Object.keys(registry)) expect(await rows(`SELECT * FROM "${name}"`)).toEqual([]);
    expect(await rows('SELECT * FROM orders_executed_order_fill')).toEqual([]);
  });

  it('leaves out a torn last line and bad lines, and reads on behind them', async () => {
    const file = await put(dir, 'execution/nav_history.jsonl', `${navLine(1)}not json\n\n[1]\n${navLine(2)}`);
    await appendFile(file, navLine(3).slice(0, 40));
    await loadViews();
    expect(await rows('SELECT ts, nav_total FROM nav_history')).toEqual([
      { ts: 1, nav_total: 1 },
      { ts: 2, nav_total: 1 },
    ]);
    await writeFile(file, navLine(7));
    expect(await rows('SELECT ts FROM nav_history')).toEqual([{ ts: 7 }]);
  });

  it('gives timestamps twice, undeclared keys in the document, and NULL for what has another type', async () => {
    await put(dir, 'state/nav.json', {
      ...navDocument(),
      updated_at: 1_764_000_000.25,
      moon: 'full',
      sources_ok: 'often',
    });
    await loadViews();
    const columns =
      "updated_at, updated_at_time::VARCHAR AS at, document->>'moon' AS moon, sources_ok, aum.futures AS aum";
    expect(await rows(`SELECT ${columns} FROM nav`)).toEqual([
      { updated_at: 1_764_000_000.25, at: '2025-11-24 16:00:00.25+00', moon: 'full', sources_ok: null, aum: 10_250.5 },
    ]);
  });

  it('keeps every digit of an id, written as a number or as text', async () => {
    const fill = { ...((await example('orders_executed', 'typical')) as object) };
    const ids = ['9007199254740993', '18446744073709551617'];
    const line = JSON.stringify({ ...fill, orderId: 'ID' });
    await put(
      dir,
      'execution/orders_executed.jsonl',
      `${line.replace('"ID"', ids[0] ?? '')}\n${line.replace('ID', ids[1] ?? '')}\n`,
    );
    await loadViews();
    expect(await rows('SELECT "orderId" FROM orders_executed')).toEqual(ids.map((orderId) => ({ orderId })));
  });

  it('reads the typical example of every surface, with nothing that has a value turned into NULL', async () => {
    for (const name of Object.keys(registry) as (keyof typeof registry)[]) {
      const { file, kind } = registry[name];
      const folder = await readdir(join(examples, name, 'valid'));
      const documents = await Promise.all(
        folder.map(async (each) => JSON.parse(await readFile(join(examples, name, 'valid', each), 'utf8')) as unknown),
      );
      if (kind === 'ledger') await put(dir, file, documents.map((each) => `${JSON.stringify(each)}\n`).join(''));
      else await put(dir, file, await example(name, 'typical'));
    }
    await loadViews();
    for (const name of Object.keys(registry)) {
      const found = await rows(`SELECT * FROM "${name}"`);
      expect(found.length, name).toBeGreaterThan(0);
      for (const row of found) expectWhole(name, row);
    }
  });

  it('survives state files that are torn or of another shape', async () => {
    for (const name of stateNames) await put(dir, registry[name].file, name === 'nav' ? '{"nav_total": 1' : '[{"x":');
    await put(dir, 'state/positions.json', { rows: [] });
    await loadViews();
    for (const name of stateNames) expect(await rows(`SELECT * FROM "${name}"`), name).toEqual([]);
  });

  it.skipIf(!existsSync(corpus))('reads the real ledgers line by line', async () => {
    cpSync(join(corpus, 'real-logs/execution'), join(dir, 'execution'), { recursive: true });
    await appendFile(join(dir, 'execution/orders_executed.jsonl'), '{"ts": 17640000');
    await loadViews();
    for (const ledger of ['orders_executed', 'order_metrics', 'risk_vetoes']) {
      const text = await readFile(join(corpus, `real-logs/execution/${ledger}.jsonl`), 'utf8');
      const lines = text.split('\n').filter((line) => line.trim() !== '').length;
      expect(await rows(`SELECT count(*)::INTEGER AS lines FROM ${ledger}`)).toEqual([{ lines }]);
    }
    const symbols = await rows('SELECT count(DISTINCT symbol)::INTEGER AS symbols FROM risk_vetoes');
    expect(Number(symbols[0]?.['symbols'])).toBeGreaterThan(0);
  });
});

/** Where the document has a value, its column has one too. */
function expectWhole(name: string, row: Readonly<Record<string, Json>>): void {
  const document = JSON.parse(String(row['document'])) as Record<string, unknown>;
  for (const [key, value] of Object.entries(document))
    expect(row[key] === null, `${name}: ${key} is ${JSON.stringify(value)}`).toBe(value === null);
}
