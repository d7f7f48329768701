import { Bars } from '../charts/bars.js';
import { serverNow } from '../model/clock.js';
import { reaches } from '../model/columns.js';
import type { Columns } from '../model/columns.js';
import { counted } from '../model/format.js';
import { preferences } from '../model/prefs.js';
import { tallyOf } from '../model/tally.js';
import { rangeNames, rangeSeconds, rangeStart } from '../model/time.js';
import type { Range } from '../model/time.js';
import { RangeHint } from '../ui/range-hint.js';
import { useMissingLedger } from '../ui/use-missing-ledger.js';
import { useColumns } from '../ui/use-columns.js';
import { useStore } from '../ui/use-store.js';

const NOUNS = ['veto', 'vetoes'] as const;

/** What the risk gates refused over the range of the page, by reason and by symbol. */
export function Vetoes() {
  const { range } = useStore(preferences);
  const columns = useColumns('risk_vetoes', rangeSeconds(range));
  const missing = useMissingLedger('risk_vetoes');
  const start = rangeStart(range, serverNow());
  const byReason = tallyOf(columns, 'veto_reason', start);
  const bySymbol = tallyOf(columns, 'symbol', start);
  const isLoaded = reaches(columns, start);
  const empty = emptyText(columns, range, missing, isLoaded);
  if (!isLoaded || missing !== null) return <p class="notice mute">{empty}</p>;
  return (
    <>
      <div class="pair">
        <Bars title="by reason" nouns={NOUNS} tallies={byReason.tallies} total={byReason.total} empty={empty} />
        <Bars title="by symbol" nouns={NOUNS} tallies={bySymbol.tallies} total={bySymbol.total} empty={empty} />
      </div>
      {columns.invalid === 0 ? null : (
        <p class="footnote">
          {counted(columns.invalid, 'line')} of the ledger could not be understood and{' '}
          {columns.invalid === 1 ? 'is' : 'are'} not counted.
        </p>
      )}
      <RangeHint ledger="risk_vetoes" isEmpty={byReason.total === 0} />
    </>
  );
}

function emptyText({ trouble }: Columns, range: Range, missing: string | null, isLoaded: boolean): string {
  if (missing !== null) return missing;
  if (trouble !== null) return `The vetoes cannot be loaded: ${trouble}`;
  if (!isLoaded) return 'The vetoes are being loaded.';
  return range === 'all' ? 'No veto is recorded.' : `No veto is recorded in the last ${rangeNames[range]}.`;
}
