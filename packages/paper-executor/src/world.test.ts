import { describe, expect, it } from 'vitest';
import type { Activity } from './activity.js';
import { DEFAULT_SYMBOLS } from './options.js';
import { createSettings } from './settings.js';
import { createWorld } from './world.js';
import type { Loop } from './world.js';

const START = 1_780_000_000;

function loops(count: number, seed = 7, symbols = DEFAULT_SYMBOLS, dryRun = false): Loop[] {
  const world = createWorld(seed, symbols, createSettings(false, dryRun, 10_000));
  return Array.from({ length: count }, (_, index) => world.advance(START + index * 0.5));
}

function ofKind<Kind extends Activity['kind']>(run: readonly Loop[], kind: Kind): Extract<Activity, { kind: Kind }>[] {
  return run.flatMap(({ activities }) =>
    activities.filter((each): each is Extract<Activity, { kind: Kind }> => each.kind === kind),
  );
}

describe('createWorld', () => {
  const run = loops(200);

  it('fills orders as maker and as taker, some of them in part', () => {
    const fills = ofKind(run, 'traded');
    expect(fills.some(({ trade }) => trade.isMaker)).toBe(true);
    expect(fills.some(({ trade }) => !trade.isMaker)).toBe(true);
    expect(fills.some(({ order, trade }) => trade.isMaker && trade.qty < order.qty)).toBe(true);
  });

  it('has post-only orders rejected, falls back to taking, and cancels', () => {
    expect(ofKind(run, 'answered').some(({ order }) => order.status === 'REJECTED')).toBe(true);
    expect(ofKind(run, 'finished').some(({ attempt }) => attempt.usedFallback)).toBe(true);
    expect(ofKind(run, 'cancelled').length).toBeGreaterThan(0);
  });

  it('vetoes for at least three reasons and meets errors', () => {
    const reasons = ofKind(run, 'vetoed').map(({ verdict }) => verdict.refusals[0]?.reason);
    expect(new Set(reasons).size).toBeGreaterThanOrEqual(3);
    expect(ofKind(run, 'failed').length + ofKind(run, 'unavailable').length).toBeGreaterThan(0);
  });

  it('holds a long, a short and nothing, and falls more than 0.1 % below its peak', () => {
    const positions = run.flatMap(({ snapshot }) => snapshot.positions);
    expect(new Set(positions.map(({ position }) => position.side))).toEqual(new Set(['LONG', 'SHORT']));
    expect(run.every(({ snapshot }) => snapshot.positions.length < snapshot.symbols.length)).toBe(true);
    const falls = run.map(({ snapshot }) => snapshot.risk.drawdown?.points ?? 0);
    expect(Math.max(...falls)).toBeGreaterThan(0.1);
  });

  it('never trades the symbol that is switched off', () => {
    expect(ofKind(run, 'answered').some(({ order }) => order.attempt.signal.market.symbol === 'SUIUSDT')).toBe(false);
    expect(ofKind(run, 'vetoed').some(({ signal }) => signal.market.symbol === 'SUIUSDT')).toBe(true);
  });

  it('counts from nothing in a new process, which first knows no NAV', () => {
    const longer = loops(500);
    const restart = longer.findIndex(({ restarted }) => restarted);
    const [before, first, second] = longer.slice(restart - 1, restart + 2).map(({ snapshot }) => snapshot);
    expect(restart).toBeGreaterThan(0);
    expect(first?.run.runId).not.toBe(before?.run.runId);
    expect(first?.run.pid).not.toBe(before?.run.pid);
    expect(first?.routing.orders).toBeLessThan(before?.routing.orders ?? 0);
    expect(first?.account.newest).toBeNull();
    expect(first?.risk.mode).toBe('HALTED');
    expect(second?.account.newest).not.toBeNull();
  });

  it('goes through every risk mode when a run goes badly', () => {
    const modes = new Set(loops(400, 14).map(({ snapshot }) => snapshot.risk.mode));
    expect(modes).toEqual(new Set(['OK', 'WARN', 'DEFENSIVE', 'HALTED']));
  });

  it('books every trade in NAV: start, plus what was realised, less fees, plus what is open', () => {
    let realized = 0;
    let fees = 0;
    for (const { activities, snapshot } of loops(400, 3)) {
      for (const { trade } of ofKind([{ activities, snapshot, restarted: false }], 'traded')) {
        realized += trade.realized ?? 0;
        fees += trade.fee;
      }
      const { newest, sourcesOk } = snapshot.account;
      if (newest === null || sourcesOk !== true) continue;
      const open = snapshot.positions.reduce((sum, each) => sum + each.unrealized, 0);
      expect(newest.nav).toBeCloseTo(10_000 + realized - fees + open, 5);
    }
    expect(fees).toBeGreaterThan(0);
  });

  it('charges 4 bps for taking and 2 bps for making', () => {
    for (const { trade } of ofKind(run, 'traded')) {
      expect(trade.fee / (trade.qty * trade.price)).toBeCloseTo(trade.isMaker ? 0.0002 : 0.0004, 7);
    }
  });

  it('gives orders ids beyond 2^53 that only grow', () => {
    const ids = ofKind(run, 'answered').map(({ order }) => BigInt(order.orderId ?? 0));
    expect(ids.every((id) => id > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
    expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0n))).toBe(true);
  });

  it('fills nothing in a dry run', () => {
    const dry = loops(200, 7, DEFAULT_SYMBOLS, true);
    const answers = ofKind(dry, 'answered');
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.every(({ order }) => order.status === 'DRY' && order.orderId === null)).toBe(true);
    expect(ofKind(dry, 'traded')).toEqual([]);
    expect(dry.at(-1)?.snapshot.positions).toEqual([]);
    expect(dry.at(-1)?.snapshot.account.newest?.nav).toBe(10_000);
  });

  it('runs with one symbol, with unknown symbols and with none', () => {
    expect(loops(60, 7, ['BTCUSDT']).at(-1)?.snapshot.symbols).toHaveLength(1);
    expect(loops(60, 7, ['AAAUSDT', 'BBBUSDT']).at(-1)?.snapshot.symbols).toHaveLength(2);
    expect(loops(60, 7, []).at(-1)?.snapshot.account.newest?.nav).toBe(10_000);
  });
});
