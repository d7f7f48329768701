import { registry } from '@hedge-telemetry/contract';
import type { FieldNode } from '@hedge-telemetry/contract';
import type { ApiSurface } from '../api/types.js';
import { columnsOf, layoutOf } from '../view/layout.js';
import type { Leaf, Rows } from '../view/layout.js';
import { ageWords } from '../view/plain-text.js';
import { entriesOf, readingAt, rowsOf } from '../view/reading.js';
import { stateWords } from '../view/states.js';
import { readingCell, readingWords } from './cells.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';

const MAX_ROWS = 500;

/** Everything that a surface says, from what its schema declares: a new field shows the day it is declared. */
export function surfaceSection(surface: ApiSurface, now: number): Markup {
  const { description } = registry[surface.name];
  return html` <section id="surface-${surface.name}">
    <h3>
      ${surface.name}
      <span class="${surface.state}" data-state="${surface.state}">${stateWords[surface.state].word}</span>
    </h3>
    <p>${description} ${ageLine(surface, now)}</p>
    ${content(surface)}
  </section>`;
}

/** What does not change while the surface stays as it is. */
const made = new WeakMap<ApiSurface, Markup>();

function content(surface: ApiSurface): Markup {
  const known = made.get(surface);
  if (known !== undefined) return known;
  const { leaves, rows } = layoutOf(registry[surface.name].root);
  const markup = html`${troubles(surface)} ${leaves.length === 0 ? null : fieldTable(surface.readings, leaves)}
  ${rows.map((each) => rowsTable(surface, each))}`;
  made.set(surface, markup);
  return markup;
}

/** How old a surface is, from its own timestamp. */
export function ageLine({ timestamp, stale_after_s, state }: ApiSurface, now: number): string {
  if (state === 'never') return 'Its file does not exist.';
  if (timestamp === null) return 'Its age is not known.';
  const limit = stale_after_s === null ? '' : `, stale after ${ageWords(stale_after_s)}`;
  return `Age ${ageWords(now - timestamp)}${limit}.`;
}

/** Where a list of positions is empty, what that says depends on how far it can be trusted. */
export function emptyWords({ name, state }: ApiSurface): string {
  const things = name === 'positions' ? 'open positions' : 'rows';
  if (state === 'fresh') return name === 'positions' ? 'Flat: no open positions.' : 'Empty.';
  return `The last document held no ${things}; whether that still holds is not known.`;
}

function troubles({ findings }: ApiSurface): Markup | null {
  const serious = findings.filter(({ level }) => level !== 'info');
  if (serious.length === 0) return null;
  return html`<ul>
    ${serious.map(
      ({ level, message, expected, actual, fix, rule }) =>
        html`<li>
          ${level}: ${message} [${rule}]${expected === null ? '' : ` Expected ${expected}, got ${actual ?? 'nothing'}.`}
          ${fix}
        </li> `,
    )}
  </ul>`;
}

function fieldTable(readings: unknown, leaves: readonly Leaf[]): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">field</th>
          <th scope="col">value</th>
        </tr>
      </thead>
      <tbody>
        ${leaves.map(
          ({ path, node }) =>
            html`<tr>
              <th scope="row" title="${node.description}">${path.join('.')}</th>
              ${readingCell(readingAt(readings, path), node)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function rowsTable(surface: ApiSurface, { path, node }: Rows): Markup {
  const reading = readingAt(surface.readings, path);
  const items = itemsOf(node, reading);
  const title = path.length === 0 ? null : html`<h4 title="${node.description}">${path.join('.')}</h4>`;
  if (items === null)
    return html`${title}
      <p class="${reading.state}" data-state="${reading.state}">${readingWords(reading, node)}</p>`;
  if (items.length === 0)
    return html`${title}
      <p data-state="${reading.state}">${emptyWords(surface)}</p>`;
  const columns = columnsOf(node);
  return html`${title}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${node.kind === 'map' ? html`<th scope="col">${node.keys ?? 'key'}</th>` : null}${columns.map((each) => headCell(each))}
          </tr>
        </thead>
        <tbody>
          ${items.slice(0, MAX_ROWS).map(([key, item]) => itemRow(node.kind === 'map' ? key : null, item, columns))}
        </tbody>
      </table>
    </div>
    ${items.length > MAX_ROWS ? html`<p>… and ${items.length - MAX_ROWS} more.</p>` : null}`;
}

function headCell({ path, node }: Leaf): Markup {
  const unit = node.unit === undefined || node.unit === 'none' ? '' : ` (${node.unit})`;
  return html`<th scope="col" title="${node.description}">${path.length === 0 ? 'value' : path.join('.')}${unit}</th>`;
}

function itemRow(key: string | null, item: unknown, columns: readonly Leaf[]): Markup {
  const cells = columns.map(({ path, node }) => readingCell(readingAt(item, path), node));
  return html`<tr>
    ${key === null ? null : html`<th scope="row">${key}</th>`}${cells}
  </tr> `;
}

function itemsOf(
  node: FieldNode,
  reading: Parameters<typeof rowsOf>[0],
): readonly (readonly [string, unknown])[] | null {
  if (node.kind === 'map') return entriesOf(reading);
  return rowsOf(reading)?.map((each, index) => [String(index), each]) ?? null;
}
