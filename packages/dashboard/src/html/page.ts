import type { LedgerName } from '@hedge-telemetry/contract';
import type { ApiLedger, ApiStatus } from '../api/types.js';
import type { Hub } from '../hub/hub.js';
import { pageBefore } from '../ledger/history.js';
import type { PlacedEntry } from '../ledger/history.js';
import { isNavLog, navLogEntries } from '../ledger/nav-log.js';
import { ageWords, timeText } from '../view/plain-text.js';
import { stateWords } from '../view/states.js';
import { headline } from './headline.js';
import { healthSection } from './health-section.js';
import { ledgerSection } from './ledger-section.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';
import { navSection } from './nav-section.js';
import type { PageShell } from './shell.js';
import { surfaceSection } from './surface-section.js';
import { vetoSection } from './veto-section.js';

/** Lines of each ledger that the page is made from. */
const LINES: Readonly<Partial<Record<LedgerName, number>>> = { nav_history: 1_000, risk_vetoes: 1_000 };
const OTHER_LINES = 25;

/** What is shown is from so long ago at most, in seconds, unless the page says otherwise. */
const LOOK_AGE_S = 10;

interface Lines {
  readonly ledger: ApiLedger;
  readonly entries: readonly PlacedEntry[];
  readonly isWhole: boolean;
}

/**
 * The page as the server knows it: readable in a terminal and with scripts off. It comes in parts, so that a browser has
 * the styles before the first figures, and those before the rest is made; what `looked` resolves for is awaited after the
 * first part.
 */
export async function* pageParts(
  hub: Hub,
  shell: PageShell,
  looked: Promise<void>,
): AsyncGenerator<string, void, undefined> {
  yield `${shell.before}<main class="server-view">`;
  await looked;
  const now = hub.now();
  const surfaces = hub.surfaces();
  const status = hub.status();
  yield html`${header(status, now)} ${headline(surfaces, now)}`.text;
  const all = await Promise.all(hub.ledgers().map((ledger) => linesOf(hub, ledger)));
  const of = (name: LedgerName): Lines | undefined => all.find(({ ledger }) => ledger.name === name);
  const nav = of('nav_history');
  const vetoes = of('risk_vetoes');
  const isAlive = surfaces.some(({ name, state }) => name === 'risk_snapshot' && state === 'fresh');
  yield html`${nav === undefined ? null : navSection(nav.entries, nav.ledger)}
    ${vetoes === undefined ? null : vetoSection({ ...vetoes, isAlive }, now)}
    ${healthSection(surfaces, hub.ledgers(), status.mirror, now)}
    <h2>Surfaces</h2>`.text;
  for (const surface of surfaces) yield surfaceSection(surface, now).text;
  yield '<h2>Ledgers</h2>';
  for (const { ledger, entries } of all) yield ledgerSection(ledger, entries, now).text;
  yield `</main>${shell.after}`;
}

function header(status: ApiStatus, now: number): Markup {
  const { environment, executor, worst } = status;
  const names = [executor.name ?? 'executor not named', executor.engine_version ?? 'engine version not reported'];
  const badge = environment.name === 'UNKNOWN' ? 'environment not reported' : environment.name;
  const { state, timestamp } = environment;
  const age = timestamp === null ? '' : `, ${ageWords(now - timestamp)} old`;
  const trust = state === 'fresh' || state === 'absent' ? '' : ` (${stateWords[state].word}${age})`;
  const lookAge = now - status.looked_at;
  return html`<header>
    <h1>hedge-telemetry</h1>
    ${environment.name === 'DEMO' ? html`<p class="banner">DEMO: simulated data, no real money.</p>` : null}
    <p>
      <strong data-environment="${environment.name}">${badge}${trust}</strong> · ${names.join(' · ')} · worst state:
      <strong class="worst" data-state="${worst}">${stateWords[worst].word}</strong> · ${timeText(now)}
    </p>
    ${lookAge > LOOK_AGE_S ? html`<p class="banner">The server has not looked at the files for ${ageWords(lookAge)}: what it shows is from before.</p>` : null}
  </header>`;
}

/** What was read of each ledger, for as long as nothing is appended. */
const remembered = new WeakMap<Hub, Map<LedgerName, { readonly position: string; readonly lines: Lines }>>();

async function linesOf(hub: Hub, ledger: ApiLedger): Promise<Lines> {
  const known = remembered.get(hub) ?? new Map<LedgerName, { readonly position: string; readonly lines: Lines }>();
  remembered.set(hub, known);
  const position = `${ledger.file} ${ledger.size} ${ledger.segments} ${ledger.position}`;
  const last = known.get(ledger.name);
  const lines = last?.position === position ? { ...last.lines, ledger } : await readLines(hub, ledger);
  known.set(ledger.name, { position, lines });
  return lines;
}

async function readLines(hub: Hub, ledger: ApiLedger): Promise<Lines> {
  const limit = LINES[ledger.name] ?? OTHER_LINES;
  if (isNavLog(ledger.name, ledger.file)) {
    const entries = await navLogEntries(hub.navLogDir);
    return { ledger, entries: entries.slice(-limit), isWhole: entries.length <= limit };
  }
  const page = await pageBefore(hub.dir, ledger.name, null, limit);
  return { ledger, entries: page?.entries ?? [], isWhole: page?.previous === null };
}
