import type { Reading } from '@hedge-telemetry/contract';
import { serverNow } from '../model/clock.js';
import { counted } from '../model/format.js';
import { preferences } from '../model/prefs.js';
import { unknown } from '../model/reading.js';
import { ledgerStore } from '../model/surfaces.js';
import { rangeNames, stampText } from '../model/time.js';
import { Tile } from '../ui/tile.js';
import { useStore } from '../ui/use-store.js';
import { Value } from '../ui/value.js';
import { useNavHistory } from './use-nav-history.js';

/** The largest fall from a running peak within the range, computed from the points of nav_history. */
export function MaxDrawdown() {
  const ledger = useStore(ledgerStore('nav_history'));
  const state = ledger?.state ?? 'absent';
  const newest = ledger?.ledger.timestamp ?? null;
  const { zone } = useStore(preferences);
  const { history, range, isLoaded } = useNavHistory();
  const { maxDrawdown, maxDrawdownAt, points, missing } = history;
  const isMissing = state === 'never' || state === 'unreadable';
  const reading: Reading<number> =
    isMissing || maxDrawdown === null || !isLoaded
      ? unknown(isMissing ? state : 'absent')
      : {
          state: state === 'stale' || state === 'skewed' ? state : 'fresh',
          value: maxDrawdown,
          age_s: newest === null ? null : serverNow() - newest,
        };
  const at = maxDrawdownAt === null ? '' : `, at ${stampText(maxDrawdownAt, zone).slice(5, 16).replace('-', '\u2011')}`;
  return (
    <Tile
      label={`Max drawdown, ${range === 'all' ? 'all history' : rangeNames[range]}`}
      note={isLoaded ? `from ${counted(points - missing, 'point')} of nav_history${at}` : 'nav_history is being loaded'}
    >
      <Value
        reading={reading}
        unit="fraction"
        of="nav_history:max-drawdown"
        meaning="nav_history holds no NAV in this range."
      />
    </Tile>
  );
}
