import type { ApiLedger, ApiMirror, ApiSurface } from '../api/types.js';
import { ageWords, timeText } from '../view/plain-text.js';
import { hasStopped, mirrorState } from '../view/mirror.js';
import { stateWords } from '../view/states.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';

/** How every file stands with the contract. */
export function healthSection(
  surfaces: readonly ApiSurface[],
  ledgers: readonly ApiLedger[],
  mirror: ApiMirror | null,
  now: number,
): Markup {
  return html`<section id="contract-health">
    <h2>Contract health</h2>
    <p>${mirrorLine(mirror, now)}</p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">file</th>
            <th scope="col">state</th>
            <th scope="col">age</th>
            <th scope="col">stale after</th>
            <th scope="col">version</th>
            <th scope="col">expected</th>
            <th scope="col">dialect</th>
            <th scope="col">valid</th>
            <th scope="col">quarantined</th>
            <th scope="col">last finding</th>
          </tr>
        </thead>
        <tbody>
          ${surfaces.map((each) => surfaceRow(each, now))}${ledgers.map((each) => ledgerRow(each, now))}
        </tbody>
      </table>
    </div>
    ${quarantined([...surfaces, ...ledgers])}
  </section>`;
}

function mirrorLine(mirror: ApiMirror | null, now: number): string {
  if (mirror === null) return 'No mirror reports here: its lag is not known.';
  const state = mirrorState(mirror, now);
  const lag =
    mirror.lag_s === null
      ? 'its source cannot be read'
      : `${ageWords(mirror.lag_s)} and ${mirror.lag_bytes} bytes behind`;
  const stopped = hasStopped(mirror, now) ? ' It does not run any more, or hangs.' : '';
  return `Mirror, ${stateWords[state].word}: ${mirror.ok ? 'no errors' : 'errors'} in the pass ${ageWords(now - mirror.ts)} ago, ${lag}.${stopped}`;
}

function surfaceRow(surface: ApiSurface, now: number): Markup {
  const {
    file,
    state,
    timestamp,
    stale_after_s,
    version_seen,
    version_expected,
    dialect,
    valid,
    findings,
    quarantine,
  } = surface;
  const worst = findings.find(({ level }) => level !== 'info');
  const seen = version_seen ?? (dialect === null ? '–' : 'no tag');
  return html`<tr>
    <th scope="row"><a href="#surface-${surface.name}">${file}</a></th>
    ${stateCell(state)}
    <td>${age(timestamp, now)}</td>
    <td>${limit(stale_after_s)}</td>
    <td>${seen}</td>
    <td>${version_expected}</td>
    <td>${dialect ?? '–'}</td>
    <td>${valid === null ? '–' : valid ? 'yes' : 'no'}</td>
    <td>${quarantine.count ?? '–'}</td>
    <td>${worst === undefined ? '' : `${worst.message} [${worst.rule}]`}</td>
  </tr> `;
}

function ledgerRow(ledger: ApiLedger, now: number): Markup {
  const {
    file,
    state,
    timestamp,
    stale_after_s,
    version_expected,
    dialect,
    lines_seen,
    lines_invalid,
    quarantine,
    last_finding,
  } = ledger;
  const valid = lines_seen === 0 ? '–' : `${lines_invalid} of ${lines_seen} lines invalid`;
  return html`<tr>
    <th scope="row"><a href="#ledger-${ledger.name}">${file}</a></th>
    ${stateCell(state)}
    <td>${age(timestamp, now)}</td>
    <td>${limit(stale_after_s)}</td>
    <td>–</td>
    <td>${version_expected}</td>
    <td>${dialect ?? '–'}</td>
    <td>${valid}</td>
    <td>${quarantine.count ?? '–'}</td>
    <td>${last_finding === null ? '' : `${last_finding.message} [${last_finding.rule}]`}</td>
  </tr> `;
}

function quarantined(all: readonly (ApiSurface | ApiLedger)[]): Markup | null {
  const records = all.flatMap(({ name, quarantine }) => quarantine.records.map((record) => ({ name, ...record })));
  if (records.length === 0) return null;
  return html`<h3>Quarantined records</h3>
    <ul>
      ${records.map(
        ({ name, file, line, ts, reason, excerpt }) =>
          html`<li>
            ${name}: ${file}${line === null ? '' : `, line ${line}`}${ts === null ? '' : `, ${timeText(ts)}`}.
            ${reason ?? ''} <code>${excerpt ?? ''}</code>
          </li> `,
      )}
    </ul>`;
}

function stateCell(state: ApiSurface['state']): Markup {
  return html`<td class="${state}" data-state="${state}">${stateWords[state].word}</td>`;
}

function age(timestamp: number | null, now: number): string {
  return timestamp === null ? '–' : ageWords(now - timestamp);
}

function limit(seconds: number | null): string {
  return seconds === null ? 'silence is normal' : ageWords(seconds);
}
