import { useMemo } from 'preact/hooks';
import { ChartFrame } from '../charts/chart-frame.js';
import { EmptyPlot } from '../charts/empty-plot.js';
import { LinePlot } from '../charts/line-plot.js';
import type { PlotLine } from '../charts/line-plot.js';
import { SampleBars } from '../charts/sample-bars.js';
import { serverNow } from '../model/clock.js';
import { reaches } from '../model/columns.js';
import type { Columns } from '../model/columns.js';
import { counted, duration, fixed } from '../model/format.js';
import { preferences } from '../model/prefs.js';
import { slippageOver } from '../model/slippage.js';
import type { SlippageBucket } from '../model/slippage.js';
import { fullStamp, rangeNames, rangeSeconds, rangeStart } from '../model/time.js';
import type { Range } from '../model/time.js';
import { useMissingLedger } from '../ui/use-missing-ledger.js';
import { RangeHint } from '../ui/range-hint.js';
import { useColumns } from '../ui/use-columns.js';
import { useStore } from '../ui/use-store.js';

const BUCKETS = 60;
const REFRESH_S = 10;
const LINES: readonly PlotLine[] = [
  { label: 'p95', colour: 'second', points: true },
  { label: 'p50', colour: 'line', points: true },
];

/** Median and 95th percentile of the slippage of orders over time, with how many orders each point stands on. */
export function SlippageChart({ height }: { readonly height: number }) {
  const { range, zone } = useStore(preferences);
  const columns = useColumns('order_metrics', rangeSeconds(range));
  const missing = useMissingLedger('order_metrics');
  const now = Math.ceil(serverNow() / REFRESH_S) * REFRESH_S;
  const buckets = useMemo(() => slippageOver(columns, rangeStart(range, now), now, BUCKETS), [columns, range, now]);
  const times = useMemo(() => buckets.map(({ time }) => time), [buckets]);
  const values = useMemo(() => [buckets.map(({ p95 }) => p95), buckets.map(({ p50 }) => p50)], [buckets]);
  const half = ((times[1] ?? 0) - (times[0] ?? 0)) / 2;
  const span: [number, number] = [(times[0] ?? now) - half, (times.at(-1) ?? now) + half];
  const isEmpty = buckets.every(({ samples }) => samples === 0);
  return (
    <>
      <ChartFrame
        text={{
          title: `Slippage of orders, p50 and p95 (bps)`,
          summary: missing ?? summaryOf(columns, buckets, range, half * 2, reaches(columns, rangeStart(range, now))),
          heads: ['from', 'p50 (bps)', 'p95 (bps)', 'orders'],
          count: buckets.length,
          row: (index) => rowOf(buckets[index], half, zone),
        }}
      >
        {(reading, read) =>
          isEmpty ? (
            <EmptyPlot height={height} />
          ) : (
            <>
              <LinePlot
                times={times}
                values={values}
                lines={LINES}
                span={span}
                height={height}
                format={(value) => fixed(value, 1)}
                reading={reading}
                onRead={read}
              />
              <SampleBars counts={buckets.map(({ samples }) => samples)} />
            </>
          )
        }
      </ChartFrame>
      <RangeHint ledger="order_metrics" isEmpty={isEmpty} />
    </>
  );
}

function rowOf(bucket: SlippageBucket | undefined, half: number, zone: 'utc' | 'local'): readonly string[] {
  if (bucket === undefined) return ['', '', '', ''];
  const { time, p50, p95, samples } = bucket;
  return [
    fullStamp(time - half, zone),
    p50 === null ? 'no order' : fixed(p50, 2),
    p95 === null ? 'no order' : fixed(p95, 2),
    fixed(samples, 0),
  ];
}

function summaryOf(
  { trouble }: Columns,
  buckets: readonly SlippageBucket[],
  range: Range,
  width: number,
  isLoaded: boolean,
): string {
  if (trouble !== null) return `The orders cannot be loaded: ${trouble}`;
  if (!isLoaded) return 'The orders are being loaded.';
  const samples = buckets.reduce((sum, each) => sum + each.samples, 0);
  const where = range === 'all' ? 'in order_metrics' : `in the last ${rangeNames[range]}`;
  if (samples === 0) return `No order with a measured slippage ${where}. Positive slippage is a cost.`;
  return `${counted(samples, 'order')} with a measured slippage ${where}, one point per ${duration(width)}; bars count the orders. Positive is a cost.`;
}
