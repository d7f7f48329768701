import { registry } from '@hedge-telemetry/contract';
import type { WatchEvent } from '../watch/monitor.js';
import type { SeenFinding } from '../watch/findings-seen.js';
import type { Tracked } from '../watch/tracked.js';
import { renderFindings } from './findings.js';
import { safe } from './safe.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import type { Cell } from './table.js';
import { ageText, stateInks } from './values.js';

/** Fields that are named one by one in a summary. */
const MAX_NAMED = 8;

/** An event as lines of text: when, and what. */
export function renderEvent(event: WatchEvent, style: Style): string[] {
  const when = style('dim', new Date(event.ts * 1000).toISOString().slice(11, 19));
  if (event.event === 'finding') {
    const [head = '', ...details] = renderFindings([event.finding], style);
    return [`${when}  ${head}`, ...details.map((line) => `          ${line}`)];
  }
  const { surface, from, to, age_s } = event;
  const change = from === null ? style(stateInks[to], to) : `${from} -> ${style(stateInks[to], to)}`;
  return [`${when}  ${style('bold', surface)}  ${change}${age_s === null ? '' : `  age ${ageText(age_s)}`}`];
}

/** One row per surface and ledger of which there is something, and the names of those of which there is nothing. */
export function renderTracked(surfaces: readonly Tracked[], style: Style): string[] {
  const titles = ['surface', 'state', 'age', 'documents', 'invalid', 'fields known', 'undeclared', 'shapes'];
  const present = surfaces.filter(({ state }) => state !== 'never');
  const missing = surfaces.filter(({ state }) => state === 'never').map(({ surface }) => surface);
  const head = titles.map((text): Cell => ({ text, ink: 'dim' }));
  return [
    ...(present.length === 0 ? [] : renderTable([head, ...present.map(cells)], style)),
    ...(missing.length === 0 ? [] : [style('dim', `never published: ${missing.join(', ')}`)]),
  ];
}

function cells({ surface, state, age_s, documents, invalid, levels, coverage, shapes }: Tracked): Cell[] {
  const { declared, known, undeclared } = coverage.counts();
  const isLegacy = [...shapes.keys()].some((shape) => shape !== 'canonical');
  return [
    { text: surface, ink: 'bold' },
    { text: state.toUpperCase(), ink: stateInks[state] },
    { text: ageText(age_s), align: 'right' },
    { text: String(documents), align: 'right' },
    { text: String(invalid), align: 'right', ink: invalid + levels.error > 0 ? 'red' : 'dim' },
    { text: `${known} of ${declared}`, align: 'right' },
    { text: String(undeclared), align: 'right', ink: undeclared > 0 ? 'cyan' : 'dim' },
    { text: [...shapes].map(([shape, count]) => `${count} ${shape}`).join(', '), ink: isLegacy ? 'yellow' : 'green' },
  ];
}

/** What was seen in the end: the table, the fields that never had a value and the undeclared keys, and what was found how often. */
export function renderSummary(surfaces: readonly Tracked[], findings: readonly SeenFinding[], style: Style): string[] {
  const gaps = surfaces
    .filter(({ coverage }) => coverage.result().documents > 0)
    .flatMap((each) => gapsOf(each, style));
  const found = findings.map(({ finding: { rule, level, surface, pointer }, count }): Cell[] => [
    { text: `${count}x`, align: 'right' },
    { text: level, ink: level === 'error' ? 'red' : level === 'warning' ? 'yellow' : 'cyan' },
    { text: rule },
    { text: `${surface ?? ''} ${pointer ?? ''}`.trim() },
  ]);
  return [
    ...renderTracked(surfaces, style),
    ...(gaps.length === 0 ? [] : ['', ...gaps]),
    ...(found.length === 0 ? [] : ['', ...renderTable(found, style)]),
  ];
}

function gapsOf({ surface, coverage }: Tracked, style: Style): string[] {
  const { fields, undeclared } = coverage.result();
  const never = fields.filter(({ known, share }) => known === 0 && share !== null);
  const partly = fields.filter(({ share }) => share !== null && share > 0 && share < 1);
  const lines = [
    named(
      'never known',
      never.map(({ pointer, record }) => nameOf(pointer, record)),
    ),
    named(
      'at times known',
      partly.map(({ pointer, record, share }) => `${nameOf(pointer, record)} ${percentText(share)}`),
    ),
    named(
      'undeclared',
      undeclared.map(({ pointer, occurs }) => `${pointer} ${occurs}x`),
    ),
  ].filter((line) => line !== null);
  return lines.length === 0 ? [] : [`${style('bold', surface)}  ${style('dim', registry[surface].file)}`, ...lines];
}

function named(label: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `  ${label} (${names.length}): ${safe(names.slice(0, MAX_NAMED).join(', '))}${more}`;
}

function nameOf(pointer: string, record: string | null): string {
  return record === null ? pointer : `${record}:${pointer}`;
}

/** Rounded down: what is not always known is never shown as 100 %. */
function percentText(share: number | null): string {
  const percent = (share ?? 0) * 100;
  return percent < 10 ? `${(Math.floor(percent * 10) / 10).toFixed(1)} %` : `${Math.floor(percent)} %`;
}
