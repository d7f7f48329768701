import { finding, show } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';

/** How an order was routed, once it is finished. What is left out or null is not known, and counts for nothing. */
export interface RoutedOrder {
  readonly symbol: string;
  /** Seconds since 1970; now where it is left out. */
  readonly at?: number | undefined;
  /** A post-only order was tried first. */
  readonly makerStart?: boolean | null | undefined;
  /** It filled as maker (true) or as taker (false); null where nothing was filled. */
  readonly isMaker?: boolean | null | undefined;
  /** It fell back from making to taking. */
  readonly usedFallback?: boolean | null | undefined;
  /** The exchange rejected it, or an attempt at it. Follows from postOnlyRejects where it is left out. */
  readonly rejected?: boolean | null | undefined;
  /** Attempts rejected because they would have taken. */
  readonly postOnlyRejects?: number | null | undefined;
  /** Signed, positive is a cost; 0 is a measurement. */
  readonly slippageBps?: number | null | undefined;
  /** Milliseconds from sending to the exchange's answer. */
  readonly ackLatencyMs?: number | null | undefined;
}

/** A routed order without doubtful values. */
export interface CheckedOrder {
  readonly at: number;
  readonly makerFirst: boolean | null;
  readonly isMaker: boolean | null;
  readonly fellBack: boolean | null;
  readonly rejected: boolean | null;
  readonly postOnlyRejects: number | null;
  readonly slippageBps: number | null;
  readonly ackLatencyMs: number | null;
}

const MAX_SYMBOL_LENGTH = 64;

/** True for what the contract takes as a symbol. */
export function isSymbol(symbol: unknown): symbol is string {
  return typeof symbol === 'string' && symbol.length >= 1 && symbol.length <= MAX_SYMBOL_LENGTH;
}

/** Takes the values that can be counted; what cannot becomes null, with a finding. A time in the future becomes now. */
export function checkOrder(order: RoutedOrder, now: number, findings: Finding[]): CheckedOrder {
  const flag = (key: 'makerStart' | 'isMaker' | 'usedFallback' | 'rejected'): boolean | null =>
    taken(order[key], key, (value) => typeof value === 'boolean', 'true, false or null', findings);
  const measure = (key: 'postOnlyRejects' | 'slippageBps' | 'ackLatencyMs', accepts: (n: number) => boolean) =>
    taken(order[key], key, accepts, 'a number that is possible, or null', findings);
  const at = taken(order.at, 'at', Number.isFinite, 'seconds since 1970', findings);
  const makerStart = flag('makerStart');
  const usedFallback = flag('usedFallback');
  const postOnlyRejects = measure('postOnlyRejects', (n) => Number.isInteger(n) && n >= 0);
  const makerFirst = makerStart ?? (usedFallback === true ? true : null);
  const refused = postOnlyRejects === null ? null : postOnlyRejects > 0;
  const rejected = flag('rejected');
  return {
    at: Math.min(at ?? now, now),
    makerFirst,
    isMaker: flag('isMaker'),
    fellBack: makerFirst === true ? usedFallback : null,
    rejected: refused === true ? true : (rejected ?? refused),
    postOnlyRejects,
    slippageBps: measure('slippageBps', Number.isFinite),
    ackLatencyMs: measure('ackLatencyMs', (n) => Number.isFinite(n) && n >= 0),
  };
}

function taken<T>(
  value: T | null | undefined,
  key: string,
  accepts: (value: T) => boolean,
  expected: string,
  findings: Finding[],
): T | null {
  if (value === null || value === undefined) return null;
  if (accepts(value)) return value;
  findings.push(
    finding('invalid-value', { surface: 'router_health', pointer: `/${key}`, expected, actual: show(value) }),
  );
  return null;
}
