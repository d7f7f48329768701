import { finding, show } from '@hedge-telemetry/contract/writing';
import type { Finding, OrderMetricRecord, OrderRecord, RouterHealth } from '@hedge-telemetry/contract';
import { createEwma } from '../log-utils/ewma.js';
import type { Ewma } from '../log-utils/ewma.js';
import { createUnion } from './contents.js';
import type { OrderWindow, WindowBounds, WindowContents } from './contents.js';
import { MAX_COUNT, MAX_SYMBOLS } from './limits.js';
import { createOrderWindow } from './order-window.js';
import { createReplay } from './replay.js';
import { checkOrder, isSymbol } from './routed-order.js';
import type { RoutedOrder } from './routed-order.js';
import { statsOf } from './stats.js';
import type { RouterStats } from './stats.js';
import { routerHealth } from './summary.js';
import type { SymbolRouting } from './summary.js';

/** What router metrics cover. */
export interface RouterMetricsOptions {
  /** Symbols that have a row whether they trade or not. Others get one with their first order. */
  readonly symbols?: readonly string[];
  /**
   * The newest `count` orders of a symbol (200; an integer in [1, 10,000]) that are less than `seconds` old (any age). Null
   * is no bound; a window without a count is exact up to EXACT_ORDERS per symbol, and within RELATIVE_ERROR beyond.
   */
  readonly windows?: Partial<WindowBounds>;
  /** Seconds since 1970; the system's clock by default. */
  readonly now?: () => number;
}

/** Statistics of routed orders. They describe; nothing here judges risk or tells the router what to do. */
export interface RouterMetrics {
  /** Counts a finished order. An order without a usable symbol is left out, a value that is impossible is null: findings say so. */
  record(order: RoutedOrder): readonly Finding[];
  /** Counts the orders of ledger lines, oldest first, as they were counted when they happened. Gives their number. */
  replay(records: Iterable<OrderMetricRecord | OrderRecord>): number;
  /** Gives further symbols a row. */
  track(symbols: readonly string[]): readonly Finding[];
  /** Statistics of a symbol, or of all orders together. */
  stats(symbol?: string): RouterStats & { readonly slippageEwmaBps: number | null };
  /** The router_health document of now; `known` adds what the router knows of its symbols. */
  summary(known?: Readonly<Record<string, SymbolRouting>>): RouterHealth;
}

interface Tracked {
  readonly window: OrderWindow;
  readonly slippage: Ewma;
}

const DEFAULT_COUNT = 200;

/**
 * Metrics of no orders yet. The average of slippage in `stats` has a half-life of 50 orders, of any age. Options out of range
 * are a RangeError.
 */
export function createRouterMetrics({
  symbols = [],
  windows = {},
  now = systemClock,
}: RouterMetricsOptions = {}): RouterMetrics {
  const bounds = checkedBounds(windows);
  const tracked = new Map<string, Tracked>();
  const slippage = createEwma();
  const together = createUnion();
  const lines = createReplay();
  const newTracked = (): Tracked => ({ window: createOrderWindow(bounds, now), slippage: createEwma() });

  const trackedOf = (symbol: unknown, findings: Finding[]): Tracked | null => {
    if (!isSymbol(symbol)) return refused('a symbol of 1 to 64 characters', show(symbol), findings);
    const known = tracked.get(symbol);
    if (known !== undefined) return known;
    if (tracked.size >= MAX_SYMBOLS) return refused(`at most ${MAX_SYMBOLS} symbols`, show(symbol), findings);
    const added = newTracked();
    tracked.set(symbol, added);
    return added;
  };

  const record = (order: RoutedOrder): Finding[] => {
    const findings: Finding[] = [];
    const at = trackedOf(order.symbol, findings);
    if (at === null) return findings;
    const checked = checkOrder(order, now(), findings);
    at.window.add(checked);
    at.slippage.add(checked.slippageBps);
    slippage.add(checked.slippageBps);
    return findings;
  };

  const track = (more: readonly string[]): Finding[] => {
    const findings: Finding[] = [];
    for (const symbol of more) trackedOf(symbol, findings);
    return findings;
  };

  /** All orders together, so that the totals of a document are those of its rows. */
  const total = (): WindowContents => together([...tracked.values()].map(({ window }) => window.contents()));

  track(symbols);
  return {
    record,
    track,
    replay(records) {
      let counted = 0;
      for (const each of records) {
        const order = lines.orderOf(each);
        if (order === null) continue;
        record(order);
        counted += 1;
      }
      return counted;
    },
    stats(symbol) {
      if (symbol === undefined) return { ...statsOf(total()), slippageEwmaBps: slippage.value() };
      const { window, slippage: average } = tracked.get(symbol) ?? newTracked();
      return { ...statsOf(window.contents()), slippageEwmaBps: average.value() };
    },
    summary(known = {}) {
      const rows = [...tracked].map(([symbol, { window }]) => ({ symbol, contents: window.contents() }));
      return routerHealth({ at: now(), windowSeconds: bounds.seconds, rows, total: total(), known });
    },
  };
}

function checkedBounds({ count = DEFAULT_COUNT, seconds = null }: Partial<WindowBounds>): WindowBounds {
  if (count !== null && !(Number.isInteger(count) && count >= 1 && count <= MAX_COUNT))
    throw new RangeError(`windows.count is ${count}, expected an integer in [1, ${MAX_COUNT}] or null`);
  if (seconds !== null && !(Number.isFinite(seconds) && seconds > 0))
    throw new RangeError(`windows.seconds is ${seconds}, expected a number above 0 or null`);
  return { count, seconds };
}

function refused(expected: string, actual: string, findings: Finding[]): null {
  findings.push(finding('invalid-value', { surface: 'router_health', pointer: '/symbols/*/symbol', expected, actual }));
  return null;
}

function systemClock(): number {
  return Date.now() / 1000;
}
