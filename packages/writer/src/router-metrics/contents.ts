import type { Distribution } from './distribution.js';
import { joined } from './distribution.js';
import type { CheckedOrder } from './routed-order.js';
import { totalOf } from './tally.js';
import type { Tally } from './tally.js';

/** How far back orders count: the newest `count`, none older than `seconds`; null is no bound. */
export interface WindowBounds {
  readonly count: number | null;
  readonly seconds: number | null;
}

/** What a window holds. */
export interface WindowContents {
  readonly tally: Tally;
  /** bps. */
  readonly slippage: Distribution;
  /** ms. */
  readonly latency: Distribution;
  /** Every order was kept one by one, so that the statistics are exact. */
  readonly isExact: boolean;
  /** Seconds since 1970 from which on it holds something else, if no order is added. */
  readonly until: number;
}

/** The orders of one symbol within the bounds. */
export interface OrderWindow {
  add(order: CheckedOrder): void;
  contents(): WindowContents;
}

/** A union that is made anew only where one of its parts is. */
export function createUnion(): (contents: readonly WindowContents[]) => WindowContents {
  let parts: readonly WindowContents[] = [];
  let made = union(parts);
  return (contents) => {
    if (contents.length === parts.length && contents.every((each, index) => each === parts[index])) return made;
    parts = contents;
    made = union(contents);
    return made;
  };
}

/** The orders of several windows together. */
function union(contents: readonly WindowContents[]): WindowContents {
  return {
    tally: totalOf(contents.map(({ tally }) => tally)),
    slippage: joined(contents.map(({ slippage }) => slippage)),
    latency: joined(contents.map(({ latency }) => latency)),
    isExact: contents.every(({ isExact }) => isExact),
    until: Math.min(...contents.map(({ until }) => until)),
  };
}
