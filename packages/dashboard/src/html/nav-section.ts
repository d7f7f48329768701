import type { ApiLedger } from '../api/types.js';
import type { PlacedEntry } from '../ledger/history.js';
import { timeOf } from '../ledger/history.js';
import { timeText } from '../view/plain-text.js';
import { missingWords } from './ledger-section.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';

interface Point {
  readonly time: number;
  readonly nav: number;
}

/** The equity curve in figures. Points without a NAV are gaps, and are counted. */
export function navSection(entries: readonly PlacedEntry[], ledger: ApiLedger): Markup {
  const { file } = ledger;
  const points = entries.flatMap(({ entry }): Point[] => {
    const record = entry.record as { nav_total?: unknown } | null;
    const time = timeOf(entry);
    return typeof record?.nav_total === 'number' && time !== null ? [{ time, nav: record.nav_total }] : [];
  });
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined)
    return html`<section id="nav-history">
      <h2>NAV history</h2>
      <p>${missingWords(ledger) ?? `not reported: there is no point with a NAV in ${file}.`}</p>
    </section>`;
  const low = points.reduce((one, other) => (other.nav < one.nav ? other : one));
  const high = points.reduce((one, other) => (other.nav > one.nav ? other : one));
  const gaps = entries.length - points.length;
  return html`<section id="nav-history">
    <h2>NAV history</h2>
    <p>${points.length} points from ${file}${gaps === 0 ? '' : `, and ${gaps} lines without a NAV`}.</p>
    <table>
      <tbody>
        ${[row('first', first), row('lowest', low), row('highest', high), row('newest', last)]}
        <tr>
          <th scope="row">largest drawdown in it</th>
          <td>${(100 * largestDrawdown(points)).toFixed(3)} %</td>
          <td></td>
        </tr>
      </tbody>
    </table>
  </section>`;
}

function row(name: string, { time, nav }: Point): Markup {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${nav} USD</td>
    <td>${timeText(time)}</td>
  </tr> `;
}

/** As a fraction of the highest NAV before it. */
function largestDrawdown(points: readonly Point[]): number {
  let peak = -Infinity;
  let largest = 0;
  for (const { nav } of points) {
    peak = Math.max(peak, nav);
    if (peak > 0) largest = Math.max(largest, (peak - nav) / peak);
  }
  return largest;
}
