import type { Columns } from './columns.js';
import { firstAt } from './series.js';

/** Slippage of the orders of one stretch of time. */
export interface SlippageBucket {
  /** Middle of the stretch, in seconds since 1970. */
  readonly time: number;
  /** bps; null where no order had a measured slippage. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly samples: number;
}

/** Quantile by linear interpolation between the closest ranks: rank = (n - 1) * share. */
export function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** p50 and p95 of slippage per stretch of time between `start` and `end` (seconds since 1970), from the columns of order_metrics. */
export function slippageOver(
  { values, count }: Columns,
  start: number,
  end: number,
  buckets: number,
): SlippageBucket[] {
  const times = values['ts'] ?? [];
  const slippage = values['slippage_bps'] ?? [];
  const from = firstAt(times, start);
  const firstTime = times[from];
  const begin = start > 0 ? start : typeof firstTime === 'number' ? firstTime : end;
  const lastTime = times[count - 1];
  const finish = start > 0 ? end : typeof lastTime === 'number' ? lastTime : end;
  const width = Math.max(1, (finish - begin) / buckets);
  const samples: number[][] = Array.from({ length: buckets }, () => []);
  for (let index = from; index < count; index += 1) {
    const time = times[index];
    const value = slippage[index];
    if (typeof time !== 'number' || typeof value !== 'number') continue;
    samples[Math.min(buckets - 1, Math.max(0, Math.floor((time - begin) / width)))]?.push(value);
  }
  return samples.map((each, index) => {
    each.sort((one, other) => one - other);
    const time = begin + (index + 0.5) * width;
    return { time, p50: quantile(each, 0.5), p95: quantile(each, 0.95), samples: each.length };
  });
}
