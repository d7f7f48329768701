import { isKnown } from '@hedge-telemetry/contract';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import type { Style } from '../render/style.js';
import { renderTable } from '../render/table.js';
import type { Cell } from '../render/table.js';
import { ageText, stateInks } from '../render/values.js';
import { counted, keyFigures, usdText } from './figures.js';
import type { LedgerCount } from './ledger-counts.js';
import type { Snapshot } from './snapshot.js';

/** One row per state surface, one per ledger. */
export function renderView({ readings, ledgers }: Snapshot, style: Style): string[] {
  const titles = ['surface', 'state', 'age', 'version', 'key figures'].map((text): Cell => ({ text, ink: 'dim' }));
  const surfaces = renderTable([titles, ...readings.map(surfaceCells)], style);
  return [...surfaces, '', ...renderTable(ledgers.map(ledgerCells), style)];
}

/** The snapshot in one line. */
export function renderLine(snapshot: Snapshot): string {
  const { elapsed, readings, ledgers } = snapshot;
  const figures = readings
    .filter(({ surface, state }) => ['nav', 'positions', 'risk_snapshot'].includes(surface) && state !== 'never')
    .map((reading) => keyFigures(reading)[0] ?? '');
  const lines = ledgers.map(({ ledger, total }) => `${ledger} ${total}`);
  return [`${elapsed.toFixed(1)} s`, freshText(readings), ...figures, ...lines].join('  ');
}

/** How many surfaces are in which state. */
export function freshText(readings: readonly SurfaceReading[]): string {
  const states = new Map<string, number>();
  for (const { state } of readings) states.set(state, (states.get(state) ?? 0) + 1);
  return [...states].map(([state, count]) => `${count} ${state}`).join(', ');
}

function surfaceCells(reading: SurfaceReading): Cell[] {
  const { surface, state, age_s, version, value } = reading;
  const hasContent = value !== null || state === 'invalid';
  return [
    { text: surface, ink: 'bold' },
    { text: state.toUpperCase(), ink: stateInks[state] },
    { text: ageText(age_s), align: 'right' },
    { text: version ?? '-' },
    { text: hasContent ? keyFigures(reading).join('  ') : '' },
  ];
}

function ledgerCells({ ledger, total, invalid, byType }: LedgerCount): Cell[] {
  const types = Object.entries(byType).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    { text: ledger, ink: 'bold' },
    { text: counted(total, 'line'), align: 'right' },
    { text: invalid === 0 ? '' : `${invalid} invalid`, ink: 'red' },
    { text: types.map(([type, count]) => `${type} ${count}`).join('  ') },
  ];
}

/** NAV as the mirror shows it, or the word for why it does not. */
export function navText(readings: readonly SurfaceReading[]): string {
  const nav = readings.find((each): each is SurfaceReading<'nav'> => each.surface === 'nav');
  if (nav === undefined || !isKnown(nav.readings.nav_total))
    return `NAV is not known (${nav?.readings.nav_total.state ?? 'never'})`;
  return `NAV is ${usdText(nav.readings.nav_total.value)}`;
}
