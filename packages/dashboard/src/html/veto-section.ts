import type { ApiLedger } from '../api/types.js';
import type { PlacedEntry } from '../ledger/history.js';
import { timeOf } from '../ledger/history.js';
import { ageWords } from '../view/plain-text.js';
import { missingWords } from './ledger-section.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';

const WINDOWS: readonly (readonly [string, number])[] = [
  ['1 h', 3_600],
  ['24 h', 86_400],
  ['7 d', 604_800],
  ['all read', Infinity],
];

/** What the veto tables are made from. */
export interface VetoLines {
  readonly entries: readonly PlacedEntry[];
  /** Nothing precedes them. */
  readonly isWhole: boolean;
  readonly ledger: ApiLedger;
  /** The executor is known to run: only then does silence mean that nothing was refused. */
  readonly isAlive: boolean;
}

/** Vetoes by reason and by symbol in several windows, and how far back the lines that were read go. */
export function vetoSection({ entries, isWhole, ledger, isAlive }: VetoLines, now: number): Markup {
  const vetoes = entries.flatMap(({ entry }) => {
    const record: unknown = entry.record;
    return record === null
      ? []
      : [{ time: timeOf(entry), record: record as { veto_reason?: unknown; symbol?: unknown } }];
  });
  const times = vetoes.flatMap(({ time }) => time ?? []);
  const oldest = times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other));
  const newest = times.length === 0 ? null : times.reduce((one, other) => Math.max(one, other));
  const span =
    oldest === null || newest === null
      ? ''
      : ` The ${vetoes.length} lines read are between ${ageWords(now - oldest)} and ${ageWords(now - newest)} old${isWhole ? '' : '; there are older ones'}.`;
  return html`<section id="vetoes">
    <h2>Vetoes</h2>
    <p>${missingWords(ledger) ?? `Risk gates that refused an order.${span}`}</p>
    ${vetoes.length === 0 ? null : [countTable('reason', tally(vetoes, 'veto_reason', now), isAlive), countTable('symbol', tally(vetoes, 'symbol', now), isAlive)]}
  </section>`;
}

type Counts = ReadonlyMap<string, readonly number[]>;

function tally(
  vetoes: readonly { readonly time: number | null; readonly record: { veto_reason?: unknown; symbol?: unknown } }[],
  key: 'veto_reason' | 'symbol',
  now: number,
): Counts {
  const counts = new Map<string, number[]>();
  for (const { time, record } of vetoes) {
    const name = typeof record[key] === 'string' ? record[key] : 'not reported';
    const row = counts.get(name) ?? WINDOWS.map(() => 0);
    WINDOWS.forEach(([, seconds], index) => {
      if (seconds === Infinity || (time !== null && now - time <= seconds)) row[index] = (row[index] ?? 0) + 1;
    });
    counts.set(name, row);
  }
  const last = WINDOWS.length - 1;
  return new Map([...counts].toSorted(([, one], [, other]) => (other[last] ?? 0) - (one[last] ?? 0)));
}

function countTable(title: string, counts: Counts, isAlive: boolean): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${title}</th>
          ${WINDOWS.map(([name]) => html`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${[...counts].map(
          ([name, row]) =>
            html`<tr>
              <th scope="row">${name}</th>
              ${row.map((count) => html`<td class="number">${count === 0 && !isAlive ? '–' : count}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
