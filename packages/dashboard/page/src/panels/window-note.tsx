import type { Reading } from '@hedge-telemetry/contract';
import { serverNow } from '../model/clock.js';
import { duration, fixed } from '../model/format.js';
import { firstAt } from '../model/series.js';
import { useColumns } from '../ui/use-columns.js';
import { Value } from '../ui/value.js';

interface WindowProps {
  readonly length: Reading<unknown>;
  /** The same in seconds; null where it is not known. */
  readonly seconds: number | null;
  readonly unit: string;
  readonly of: string;
}

/** The window that a figure is measured over, and how much of it the orders on record cover. */
export function Window({ length, seconds, unit, of }: WindowProps) {
  return (
    <>
      window <Value reading={length} unit={unit} of={of} meaning="The document does not state the window." />
      {seconds === null ? null : <Coverage seconds={seconds} />}
    </>
  );
}

/** How many samples a figure stands on. */
export function Samples({ reading, of }: { readonly reading: Reading<unknown>; readonly of: string }) {
  return (
    <>
      from <Value reading={reading} unit="count" of={of} meaning="The document does not say how many." /> samples
    </>
  );
}

function Coverage({ seconds }: { readonly seconds: number }) {
  const { values, since } = useColumns('order_metrics', seconds);
  if (since === null) return null;
  const times = values['ts'] ?? [];
  const now = serverNow();
  const index = firstAt(times, now - seconds);
  const first = times[index];
  if (typeof first !== 'number') return <>; order_metrics holds no order in it</>;
  const covered = index > 0 ? seconds : Math.min(seconds, Math.max(0, now - first));
  return (
    <>
      ; order_metrics covers {duration(covered)} of it ({fixed((100 * covered) / seconds, 0)} %)
    </>
  );
}
