import type { OrderWindow } from './contents.js';
import { pointsTogether } from './distribution.js';
import type { Distribution } from './distribution.js';
import { SLICES } from './limits.js';
import type { CheckedOrder } from './routed-order.js';
import { createSketch } from './sketch.js';
import type { Sketch } from './sketch.js';
import { count, emptyTally, totalOf } from './tally.js';
import type { Tally } from './tally.js';

interface Slice {
  readonly tally: Tally;
  readonly slippage: Sketch;
  readonly latency: Sketch;
}

/**
 * A window of `seconds` in slices of a 60th of it, each in bounded memory; null is one slice without end. Counts and sums
 * of a slice are exact. A slice goes when all of it is out, so the window reaches back by up to one slice more.
 */
export function createSlices(seconds: number | null, now: () => number): OrderWindow {
  const length = seconds === null ? Infinity : seconds / SLICES;
  const slices = new Map<number, Slice>();
  const indexOf = (at: number): number => (length === Infinity ? 0 : Math.floor(at / length));

  /** Orders of now belong to the newest slice, so there are never more than SLICES + 1. */
  const expire = (): void => {
    if (seconds === null) return;
    const oldest = indexOf(now() - seconds);
    for (const index of slices.keys()) if (index < oldest) slices.delete(index);
  };

  return {
    add(order) {
      expire();
      if (seconds !== null && order.at <= now() - seconds) return;
      const index = indexOf(order.at);
      const slice = slices.get(index) ?? newSlice();
      slices.set(index, slice);
      put(slice, order);
    },
    contents() {
      expire();
      const held = [...slices.values()];
      return {
        tally: totalOf(held.map(({ tally }) => tally)),
        slippage: pointsOf(held.map(({ slippage }) => slippage)),
        latency: pointsOf(held.map(({ latency }) => latency)),
        isExact: false,
        until: length === Infinity ? Infinity : (indexOf(now()) + 1) * length,
      };
    },
  };
}

function pointsOf(sketches: readonly Sketch[]): Distribution {
  return { values: new Float64Array(), points: pointsTogether(sketches.flatMap((each) => each.points())) };
}

function newSlice(): Slice {
  return { tally: emptyTally(), slippage: createSketch(), latency: createSketch() };
}

function put({ tally, slippage, latency }: Slice, order: CheckedOrder): void {
  count(tally, order);
  if (order.slippageBps !== null) slippage.add(order.slippageBps);
  if (order.ackLatencyMs !== null) latency.add(order.ackLatencyMs);
}
