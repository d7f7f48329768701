import { sortedFinite } from '../log-utils/percentile.js';
import { createRollingWindow } from '../log-utils/rolling-window.js';
import type { OrderWindow, WindowBounds, WindowContents } from './contents.js';
import { EXACT_ORDERS } from './limits.js';
import type { CheckedOrder } from './routed-order.js';
import { createSlices } from './slices.js';
import { count as counted, emptyTally } from './tally.js';

/**
 * A window that keeps orders one by one: all of them where it is bounded by count, else the newest EXACT_ORDERS; where it
 * holds more than those, slices of sketches stand in. Its contents are worked out anew only once they have changed.
 */
export function createOrderWindow({ count, seconds }: WindowBounds, now: () => number): OrderWindow {
  const newest = createRollingWindow<CheckedOrder>({ maxCount: count ?? EXACT_ORDERS, seconds, now });
  const slices = count === null ? createSlices(seconds, now) : null;
  let known: { readonly contents: WindowContents; readonly since: number } | null = null;

  const workedOut = (): WindowContents =>
    slices !== null && newest.isCutShort() ? slices.contents() : exactly(newest.items(), seconds ?? Infinity);

  return {
    add(order) {
      newest.add(order, order.at);
      slices?.add(order);
      known = null;
    },
    contents() {
      const time = now();
      if (known === null || time < known.since || time >= known.contents.until)
        known = { contents: workedOut(), since: time };
      return known.contents;
    },
  };
}

function exactly(orders: readonly CheckedOrder[], seconds: number): WindowContents {
  const tally = emptyTally();
  for (const order of orders) counted(tally, order);
  return {
    tally,
    slippage: { values: sortedFinite(orders.map(({ slippageBps }) => slippageBps)), points: [] },
    latency: { values: sortedFinite(orders.map(({ ackLatencyMs }) => ackLatencyMs)), points: [] },
    isExact: true,
    until: orders.reduce((oldest, { at }) => Math.min(oldest, at), Infinity) + seconds,
  };
}
