import { absorb } from './absorb.js';
import type { Activity } from './activity.js';
import { judge } from './gates.js';
import type { Market } from './market.js';
import { startProcess } from './process.js';
import { assess } from './risk.js';
import type { Settings } from './settings.js';
import type { Snapshot, SymbolView } from './snapshot.js';
import { decide } from './strategy.js';
import { positionViews, symbolView, unrealizedOf } from './views.js';
import { createWorldState } from './world-state.js';
import type { WorldState } from './world-state.js';

/** What one loop did and left behind. */
export interface Loop {
  /** In the order in which they happened. */
  readonly activities: readonly Activity[];
  readonly snapshot: Snapshot;
  /** The loop was the first of a new process. */
  readonly restarted: boolean;
}

/** A market, an exchange, an account, and the executor that trades on them. It touches nothing outside. */
export interface World {
  /** Runs the next loop, at a time in seconds since 1970. */
  advance(at: number): Loop;
}

const RESTART_CHANCE = 1 / 600;
/** With at least this many symbols, the last one is switched off and stays flat. */
const SYMBOLS_WITH_ONE_OFF = 4;

/** A world that is told by its seed, symbols and settings alone. */
export function createWorld(seed: number, symbols: readonly string[], settings: Settings): World {
  const state = createWorldState(seed, symbols, settings);
  return { advance: (at) => advance(state, at) };
}

function advance(state: WorldState, at: number): Loop {
  const activities: Activity[] = [];
  const happen = (happened: readonly Activity[]): void => {
    absorb(state, happened);
    activities.push(...happened);
  };
  state.time = at;
  state.loops += 1;
  state.market.tick();
  state.pace.next(state.portfolio.positions().map(({ symbol }) => symbol));
  const restarted = state.loops > 1 && state.random.chance(RESTART_CHANCE);
  if (restarted) happen(restart(state));
  happen(state.router.poll(at));
  const seen = observe(state);
  for (const view of seen.symbols) happen(trade(state, view, seen));
  if (!restarted) happen(readBalances(state));
  return { activities, snapshot: observe(state), restarted };
}

/** A new process counts from nothing, knows no balances in its first loop, and cancels the orders that it finds. */
function restart(state: WorldState): Activity[] {
  state.run = startProcess(state.random);
  state.account.forget();
  return state.router.cancelAll('left over from the previous process');
}

function readBalances({ balances, account, market, portfolio, time }: WorldState): Activity[] {
  return balances.read(account, unrealizedOf(positionViews(market, portfolio)), time);
}

function trade(state: WorldState, view: SymbolView, { account, risk }: Snapshot): Activity[] {
  const { router, random, ids, pace, run, settings, time } = state;
  if (router.isWorking(view.symbol)) return [];
  const nav = account.newest?.nav ?? null;
  const outlook = {
    market: view.market,
    position: state.portfolio.position(view.symbol),
    heldLoops: pace.heldLoops(view.symbol),
    // Profits are not reinvested, so that a long run stays in scale.
    capital: nav === null || pace.isHeld(view.symbol) ? null : Math.min(nav, settings.startNav),
    sizeFactor: (view.sizing.final ?? view.sizing.combined) * (risk.mode === 'DEFENSIVE' ? 0.5 : 1),
    at: time,
  };
  const signal = decide(outlook, random, ids);
  if (signal === null) return [];
  const verdict = judge(signal, {
    nav,
    risk,
    limits: settings.limits,
    positions: positionViews(state.market, state.portfolio),
    disabled: view.disabled,
    loopsSinceClose: pace.loopsSinceClose(view.symbol),
    recentTrades: pace.entries(settings.limits.tradeWindowLoops),
  });
  run.shadow.decide(signal, verdict, time);
  if (verdict.refusals.length > 0) {
    pace.refused(view.symbol);
    return [{ kind: 'vetoed', signal, verdict }];
  }
  if (!signal.reduceOnly) pace.entered();
  return router.place(signal, view.policy, time);
}

/** Everything that documents and decisions are made from, as of now. */
function observe({ market, portfolio, account, tradeLog, dayBook, run, settings, time }: WorldState): Snapshot {
  const positions = positionViews(market, portfolio);
  dayBook.look(new Map(positions.map(({ position, unrealized }) => [position.symbol, unrealized])), time);
  const view = account.view(time);
  const trades = tradeLog.recent(time);
  const routing = run.routing.all();
  const inputs = { settings, run, account: view, dayBook, trades };
  return {
    at: time,
    settings,
    run,
    symbols: market.symbols.map((each, index) => symbolView(each, index, isOff(market, index), inputs)),
    positions,
    account: view,
    risk: assess(view, routing, settings, time),
    routing,
    trades,
  };
}

function isOff({ symbols }: Market, index: number): boolean {
  return symbols.length >= SYMBOLS_WITH_ONE_OFF && index === symbols.length - 1;
}
