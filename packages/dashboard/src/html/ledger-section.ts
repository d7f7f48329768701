import { registry } from '@hedge-telemetry/contract';
import type { FieldNode, LedgerName } from '@hedge-telemetry/contract';
import type { ApiLedger } from '../api/types.js';
import { timeOf } from '../ledger/history.js';
import type { PlacedEntry } from '../ledger/history.js';
import { ageWords, plainText, timeText } from '../view/plain-text.js';
import { stateWords } from '../view/states.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';

const NEWEST = 25;
const HIDDEN: ReadonlySet<string> = new Set(['schema', 'ts', 'metadata']);
const MAX_FACTS = 14;

/** The newest lines of a ledger, newest first. */
export function ledgerSection(ledger: ApiLedger, entries: readonly PlacedEntry[], now: number): Markup {
  const { name, state } = ledger;
  return html` <section id="ledger-${name}">
    <h3>${name} <span class="${state}" data-state="${state}">${stateWords[state].word}</span></h3>
    <p>${registry[name].description} ${newestLine(ledger, now)}</p>
    ${
      entries.length === 0
        ? null
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">time</th>
                  <th scope="col">record</th>
                </tr>
              </thead>
              <tbody>
                ${entries
                  .toReversed()
                  .slice(0, NEWEST)
                  .map((each) => lineRow(name, each))}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

/** Why nothing is known of what a ledger holds; null where it can be read. */
export function missingWords({ state, file, last_finding }: ApiLedger): string | null {
  if (state === 'never') return `never written: ${file} does not exist, so what it would hold is not known.`;
  if (state === 'unreadable') return `unreadable: ${last_finding?.message ?? 'it cannot be opened'} (${file}).`;
  return null;
}

function newestLine(ledger: ApiLedger, now: number): string {
  const missing = missingWords(ledger);
  if (missing !== null) return missing;
  const { timestamp, file } = ledger;
  const age =
    timestamp === null ? 'The age of the newest line is not known.' : `Newest line: ${ageWords(now - timestamp)} old.`;
  return `${age} From ${file}.`;
}

function lineRow(ledger: LedgerName, { entry }: PlacedEntry): Markup {
  const time = timeOf(entry);
  if (entry.record === null) {
    const reason = entry.findings.map(({ message }) => message).join('; ');
    return html`<tr class="invalid" data-state="invalid">
      <td>–</td>
      <td>invalid: ${reason} <code>${(entry.raw ?? '').slice(0, 200)}</code></td>
    </tr> `;
  }
  return html`<tr>
    <td>${time === null ? '–' : timeText(time)}</td>
    <td>${facts(ledger, entry.record)}</td>
  </tr> `;
}

/** The fields of a record in one line; what is null says so, what is absent is left out. */
function facts(ledger: LedgerName, record: object): string {
  const node = nodeOf(registry[ledger].root, record);
  return Object.entries(record)
    .filter(([key, value]) => !HIDDEN.has(key) && (typeof value !== 'object' || value === null))
    .slice(0, MAX_FACTS)
    .map(
      ([key, value]: [string, unknown]) =>
        `${key} ${value === null ? 'not reported' : plainText(value, node?.fields?.[key]?.unit)}`,
    )
    .join(' · ');
}

function nodeOf(root: FieldNode, record: object): FieldNode | undefined {
  if (root.kind !== 'union') return root;
  const tag: unknown = new Map<string, unknown>(Object.entries(record)).get(root.tag ?? '');
  return typeof tag === 'string' ? root.branches?.[tag] : undefined;
}
