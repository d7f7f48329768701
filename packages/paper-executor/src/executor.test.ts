import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { interpret, ledgerNames, parseJson, registry } from '@hedge-telemetry/contract';
import type { LedgerName, LedgerRecords, SurfaceName } from '@hedge-telemetry/contract';
import { createWriter } from '@hedge-telemetry/writer';
import type { Writer } from '@hedge-telemetry/writer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { simulatedSurfaces } from './documents/publish-all.js';
import { createPaperExecutor } from './executor.js';
import type { PaperExecutor } from './executor.js';
import type { PaperExecutorOptions } from './options.js';

const START = 1_780_000_000;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'paper-executor-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

type Other = Omit<PaperExecutorOptions, 'writer' | 'now'>;

/** Runs loops on a clock of its own and closes the writer. */
async function simulate(dir: string, steps: number, other: Other = {}): Promise<PaperExecutor> {
  let time = START;
  const now = (): number => time;
  const writer = createWriter({ dir, now });
  const executor = createPaperExecutor({ writer, now, ...other });
  for (let step = 0; step < steps; step += 1) {
    executor.step();
    time += 0.5;
  }
  expect(await writer.close()).toEqual({ ok: true, findings: [] });
  return executor;
}

async function textOf(dir: string, name: SurfaceName): Promise<string> {
  return readFile(path.join(dir, registry[name].file), 'utf8');
}

/** What the writer says of itself depends on how fast the disk was. */
function withoutCounters(text: string): string {
  return text.replace(/,"telemetry":\{[^}]*\}/, '');
}

function parsed(text: string): unknown {
  const result = parseJson(text);
  return result.ok ? result.value : result.finding;
}

async function recordsOf<Name extends LedgerName>(dir: string, name: Name): Promise<LedgerRecords[Name][]> {
  const lines = (await textOf(dir, name)).trimEnd().split('\n');
  return lines.map((line) => {
    const { document, dialect, findings } = interpret(name, parsed(line));
    expect({ line, dialect, findings }).toEqual({ line, dialect: 'canonical', findings: [] });
    return document as LedgerRecords[Name];
  });
}

describe('a run of 500 loops', () => {
  let dir: string;
  let executor: PaperExecutor;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'paper-executor-'));
    executor = await simulate(dir, 500);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('writes nothing that the writer finds fault with', () => {
    expect(executor.findings).toEqual([]);
  });

  it('leaves every surface and ledger behind, canonical and valid', async () => {
    for (const name of simulatedSurfaces) {
      const { dialect, findings } = interpret(name, parsed(await textOf(dir, name)));
      expect({ name, dialect, findings }).toEqual({ name, dialect: 'canonical', findings: [] });
    }
    const ledgers = await Promise.all(ledgerNames.map((name) => recordsOf(dir, name)));
    expect(ledgers.every((records) => records.length > 0)).toBe(true);
  });

  it('tells of all six types of events and of every step of an order', async () => {
    const types = (await recordsOf(dir, 'events')).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['order', 'fill', 'cancel', 'refresh', 'error', 'router']));
    const steps = (await recordsOf(dir, 'orders_executed')).map((each) => each.event_type);
    expect(new Set(steps)).toEqual(new Set(['order_ack', 'order_fill', 'order_close', 'order_error']));
    const metrics = (await recordsOf(dir, 'order_metrics')).map((each) => each.event);
    expect(new Set(metrics)).toEqual(new Set(['order', 'position_close']));
  });

  it('signs the lines of each process with its own run id', async () => {
    const runs = (await recordsOf(dir, 'orders_executed')).map((each) => each.run_id);
    expect(new Set(runs).size).toBeGreaterThan(1);
  });

  it('keeps the state in step with the ledgers: the fills add up to the positions', async () => {
    const sizes = new Map<string, number>();
    for (const event of await recordsOf(dir, 'events')) {
      if (event.type !== 'fill') continue;
      const change = event.side === 'BUY' ? event.qty : -event.qty;
      sizes.set(event.symbol, (sizes.get(event.symbol) ?? 0) + change);
    }
    const positions = interpret('positions', parsed(await textOf(dir, 'positions'))).document ?? [];
    const held = new Map(positions.map(({ symbol, qty }) => [symbol, qty ?? 0]));
    for (const [symbol, size] of sizes) expect(held.get(symbol) ?? 0).toBeCloseTo(size, 6);
    expect(held.size).toBeGreaterThan(0);
    const synced = interpret('synced_state', parsed(await textOf(dir, 'synced_state'))).document;
    expect(synced?.items).toEqual(positions);
  });

  it('states slippage as (fill - mark) / mark in bps, positive when it costs', async () => {
    const metrics = (await recordsOf(dir, 'order_metrics')).filter((each) => each.event === 'order');
    const filled = metrics.flatMap(({ prices, side, slippage_bps: bps }) =>
      typeof prices?.mark === 'number' && typeof prices.avg_fill === 'number'
        ? [{ mark: prices.mark, fill: prices.avg_fill, sign: side === 'SELL' ? -1 : 1, bps }]
        : [],
    );
    for (const { mark, fill, sign, bps } of filled) expect(bps).toBeCloseTo((sign * (fill - mark) * 10_000) / mark, 6);
    expect(filled.some(({ bps }) => (bps ?? 0) > 0)).toBe(true);
    expect(filled.some(({ bps }) => (bps ?? 0) < 0)).toBe(true);
  });
});

describe('createPaperExecutor', () => {
  it('gives the same bytes for the same seed and clock, and others for another seed', async () => {
    const first = path.join(root, 'first');
    const second = path.join(root, 'second');
    const other = path.join(root, 'other');
    await simulate(first, 150);
    await simulate(second, 150);
    await simulate(other, 150, { seed: 8 });
    for (const name of [...simulatedSurfaces, ...ledgerNames]) {
      expect(withoutCounters(await textOf(second, name)), name).toBe(withoutCounters(await textOf(first, name)));
    }
    expect(await textOf(other, 'events')).not.toBe(await textOf(first, 'events'));
  });

  it('lists every symbol in router_health before anything was traded, with null for what was not measured', async () => {
    await simulate(root, 1);
    const health = interpret('router_health', parsed(await textOf(root, 'router_health'))).document;
    expect(health?.symbols?.map(({ symbol }) => symbol)).toEqual([
      'BTCUSDT',
      'ETHUSDT',
      'SOLUSDT',
      'LINKUSDT',
      'SUIUSDT',
    ]);
    expect(health).toMatchObject({ maker_fill_rate: null, slippage_p50: null, router_health_score: null });
    expect(health?.symbols?.every((row) => row.maker_fill_rate === null && row.slippage_p50 === null)).toBe(true);
  });

  it('acknowledges orders as DRY in a dry run and still publishes every surface', async () => {
    const { findings } = await simulate(root, 200, { dryRun: true, testnet: true });
    expect(findings).toEqual([]);
    for (const name of simulatedSurfaces)
      expect(interpret(name, parsed(await textOf(root, name))).findings).toEqual([]);
    const orders = await recordsOf(root, 'orders_executed');
    expect(new Set(orders.map((each) => each.event_type))).toEqual(new Set(['order_ack']));
    expect(orders.every((each) => each.event_type === 'order_ack' && each.status === 'DRY')).toBe(true);
    expect(orders.every((each) => each.event_type === 'order_ack' && each.exchange === 'binance_testnet')).toBe(true);
  });
});

describe('run', () => {
  let writer: Writer;
  beforeEach(() => {
    writer = createWriter({ dir: root });
  });
  afterEach(() => writer.close());

  it('ends after one loop with once, with everything on disk', async () => {
    const executor = createPaperExecutor({ writer, once: true });
    expect(await executor.run()).toMatchObject({ steps: 1, ok: true, findings: [] });
    expect(await readdir(path.join(root, 'state'))).toHaveLength(simulatedSurfaces.length);
  });

  it('loops at its rate until it is aborted', async () => {
    const summary = await createPaperExecutor({ writer, rate: 50 }).run(AbortSignal.timeout(500));
    expect(summary).toMatchObject({ ok: true });
    expect(summary.steps).toBeGreaterThan(2);
    expect(summary.steps).toBeLessThanOrEqual(26);
  });

  it('ends at once when it is aborted in the middle of a pause', async () => {
    const summary = await createPaperExecutor({ writer, rate: 0.001 }).run(AbortSignal.timeout(50));
    expect(summary).toMatchObject({ steps: 1, ok: true });
  });

  it('does nothing when it is aborted before it starts', async () => {
    const executor = createPaperExecutor({ writer });
    expect(await executor.run(AbortSignal.abort())).toMatchObject({ steps: 0, ok: true });
  });

  it('reports what cannot be written instead of throwing', async () => {
    const failing = createWriter({ dir: '/dev/null/logs' });
    const summary = await createPaperExecutor({ writer: failing, once: true }).run();
    await failing.close();
    expect(summary.ok).toBe(false);
    expect(summary.findings.map(({ rule }) => rule)).toContain('write-failed');
  });

  it('hands back what the writer says of each document and record', async () => {
    await writer.close();
    const executor = createPaperExecutor({ writer });
    const { findings } = executor.step();
    expect(findings.length).toBeGreaterThanOrEqual(simulatedSurfaces.length + 1);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['writer-closed']));
    expect(executor.findings).toEqual(findings);
  });
});
