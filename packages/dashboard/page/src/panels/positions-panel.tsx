import { counted } from '../model/format.js';
import { isKnown, rowsOf } from '../model/reading.js';
import { stateWords } from '../model/states.js';
import { Panel } from '../ui/panel.js';
import { StateMark } from '../ui/state-mark.js';
import { useSurface } from '../ui/use-surface.js';
import { positionFigures } from './position-figures.js';
import { PositionsTable } from './positions-table.js';

/** Open positions; flat only where a fresh document says so. */
export function PositionsPanel() {
  return (
    <Panel id="positions" title="Positions" surfaces={['positions']}>
      <Positions />
    </Panel>
  );
}

function Positions() {
  const positions = useSurface('positions');
  const reading = positions.at();
  const rows = rowsOf(reading);
  if (!isKnown(reading) || rows === null) {
    return (
      <p class="notice" data-of="positions:" data-state={reading.state}>
        <StateMark state={reading.state} /> Positions are not known. {stateWords[reading.state].meaning}
      </p>
    );
  }
  if (rows.length > 0) {
    return <PositionsTable rows={rows.map((row, index) => positionFigures(positions, row, index))} />;
  }
  return reading.state === 'fresh' ? (
    <p class="notice" data-of="positions:" data-state="fresh">
      <strong>Flat.</strong> {counted(0, 'open position')}.
    </p>
  ) : (
    <p class="notice" data-of="positions:" data-state={reading.state}>
      <StateMark state={reading.state} /> The last document listed none. Whether the account is still so is not known.
    </p>
  );
}
