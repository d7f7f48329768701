import type { Reading } from '@hedge-telemetry/contract';
import { serverNow } from '../model/clock.js';
import { reaches } from '../model/columns.js';
import type { Columns } from '../model/columns.js';
import { coverageOf } from '../model/coverage.js';
import type { Coverage } from '../model/coverage.js';
import { counted, duration, fixed, shown } from '../model/format.js';
import type { Shown } from '../model/format.js';
import { useColumns } from '../ui/use-columns.js';
import { Value } from '../ui/value.js';

interface WindowProps {
  readonly length: Reading<unknown>;
  /** The same in seconds; null where it is not known. */
  readonly seconds: number | null;
  readonly unit: string;
  readonly of: string;
  /** What it means that the window is null. */
  readonly meaning?: string;
}

/** Said of every figure of which nothing tells how much of its window the data covers. */
export const UNKNOWN_COVERAGE = 'coverage not reported';

/** The window that a figure is measured over, and how much of it the executor's records cover. */
export function Window({
  length,
  seconds,
  unit,
  of,
  meaning = 'The document does not state the window.',
}: WindowProps) {
  return (
    <>
      window{' '}
      <Value reading={length} unit={unit} of={of} meaning={meaning} show={unit === 's' ? shownSpan : undefined} />;{' '}
      {seconds === null ? UNKNOWN_COVERAGE : <Covered seconds={seconds} />}
    </>
  );
}

function shownSpan(seconds: unknown): Shown {
  return typeof seconds === 'number' ? { text: duration(seconds), unit: '' } : shown(seconds);
}

/** How many samples a figure stands on. */
export function Samples({ reading, of }: { readonly reading: Reading<unknown>; readonly of: string }) {
  return (
    <>
      from <Value reading={reading} unit="count" of={of} meaning="The document does not say how many." /> samples
    </>
  );
}

/** nav_history is written at a steady pace while the executor runs: where it has a gap, nothing else was measured either. */
function Covered({ seconds }: { readonly seconds: number }) {
  const columns = useColumns('nav_history', seconds);
  const now = serverNow();
  if (columns.trouble !== null) return <>{UNKNOWN_COVERAGE}</>;
  if (!reaches(columns, now - seconds)) return <>coverage is being loaded</>;
  const covered = coverageNow(columns, seconds, now);
  if (covered === null) return <>{UNKNOWN_COVERAGE}</>;
  const percent = Math.floor(100 * covered.share);
  const share = percent === 0 && covered.seconds > 0 ? 'less than 1 %' : `${fixed(percent, 0)} %`;
  const gaps = covered.gaps === 0 ? '' : `, ${counted(covered.gaps, 'gap')}`;
  return (
    <span title="Of nav_history, which is written at a steady pace while the executor runs.">
      data covers {columns.truncated ? 'at least ' : ''}
      {duration(covered.seconds)} of it ({share}){gaps}
    </span>
  );
}

const REFRESH_S = 10;
const computed = new Map<number, { readonly key: string; readonly coverage: Coverage | null }>();

/** Several figures share a window, and a day of points is long: computed once for all of them, every ten seconds. */
function coverageNow({ values, since }: Columns, seconds: number, now: number): Coverage | null {
  const key = `${since} ${Math.floor(now / REFRESH_S)}`;
  const known = computed.get(seconds);
  if (known?.key === key) return known.coverage;
  const coverage = coverageOf(values['ts'] ?? [], now - seconds, now);
  computed.set(seconds, { key, coverage });
  return coverage;
}
