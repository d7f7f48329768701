import { useMemo } from 'preact/hooks';
import { ChartFrame } from '../charts/chart-frame.js';
import type { ChartText } from '../charts/chart-frame.js';
import { EmptyPlot } from '../charts/empty-plot.js';
import { LinePlot } from '../charts/line-plot.js';
import type { PlotLine } from '../charts/line-plot.js';
import { counted, fixed } from '../model/format.js';
import { preferences } from '../model/prefs.js';
import { thin } from '../model/series.js';
import type { Series } from '../model/series.js';
import { fullStamp, rangeNames } from '../model/time.js';
import type { Zone } from '../model/time.js';
import { useMissingLedger } from '../ui/use-missing-ledger.js';
import { RangeHint } from '../ui/range-hint.js';
import { useStore } from '../ui/use-store.js';
import { useNavHistory } from './use-nav-history.js';
import type { RangedHistory } from './use-nav-history.js';

const BUCKETS = 700;
const LINES: readonly PlotLine[] = [
  { label: 'running peak', colour: 'second', dash: true },
  { label: 'NAV', colour: 'line' },
];

/** NAV over the range, with its fall below the running peak shaded; stretches without points stay empty. */
export function NavChart({ height }: { readonly height: number }) {
  const { zone } = useStore(preferences);
  const ranged = useNavHistory();
  const missing = useMissingLedger('nav_history');
  const { history, span } = ranged;
  const { times, nav, peak, gapLimit } = history;
  const series = useMemo(() => thin({ times, lines: [nav, peak] }, BUCKETS, gapLimit), [history]);
  const drawn = useMemo(() => [series.lines[1] ?? [], series.lines[0] ?? []], [series]);
  return (
    <>
      <ChartFrame text={textOf(ranged, series, zone, missing)}>
        {(reading, read) =>
          times.length === 0 ? (
            <EmptyPlot height={height} />
          ) : (
            <LinePlot
              times={series.times}
              values={drawn}
              lines={LINES}
              span={span}
              height={height}
              isShaded
              format={(value) => fixed(value, Math.abs(value) >= 100_000 ? 0 : 2)}
              reading={reading}
              onRead={read}
            />
          )
        }
      </ChartFrame>
      <RangeHint ledger="nav_history" isEmpty={times.length === 0} />
    </>
  );
}

function textOf(ranged: RangedHistory, { times, lines }: Series, zone: Zone, missing: string | null): ChartText {
  const { range, columns } = ranged;
  const source = columns.file === null || columns.file.endsWith('nav_history.jsonl') ? '' : `, from ${columns.file}`;
  return {
    title: `NAV, ${range === 'all' ? 'all history' : `last ${rangeNames[range]}`} (USD)${source}`,
    summary: missing ?? summaryOf(ranged),
    heads: ['time', 'NAV', 'running peak', 'drawdown'],
    count: times.length,
    row: (index) => {
      const value = lines[0]?.[index] ?? null;
      const top = lines[1]?.[index] ?? null;
      const fall = value === null || top === null || top <= 0 ? null : (top - value) / top;
      return [
        fullStamp(times[index] ?? 0, zone),
        value === null ? 'no data' : fixed(value, 2),
        top === null ? 'no data' : fixed(top, 2),
        fall === null ? 'no data' : `${fixed(100 * fall, 2)} %`,
      ];
    },
  };
}

function summaryOf({ range, columns, history, isLoaded }: RangedHistory): string {
  const { points, missing, first, last, low, high } = history;
  if (columns.trouble !== null) return `The history cannot be loaded: ${columns.trouble}`;
  if (!isLoaded) return 'The history is being loaded.';
  const broken =
    columns.invalid === 0
      ? ''
      : ` ${counted(columns.invalid, 'line')} could not be understood and ${columns.invalid === 1 ? 'is' : 'are'} left out.`;
  if (first === null || last === null || low === null || high === null)
    return `No NAV is recorded in this range.${broken}`;
  const change = first === 0 ? '' : `, ${fixed((100 * (last - first)) / first, 2, true)} %`;
  const without = missing === 0 ? '' : ` ${counted(missing, 'point')} without a NAV.`;
  const cut = columns.truncated ? ' Older points were left out.' : '';
  const word = range === 'all' ? 'From' : 'In range from';
  return `${word} ${fixed(first, 2)} to ${fixed(last, 2)} USD${change}; low ${fixed(low, 2)}, high ${fixed(high, 2)}; ${counted(points, 'point')}.${without}${broken}${cut}`;
}
