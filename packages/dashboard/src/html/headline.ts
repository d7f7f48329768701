import { registry } from '@hedge-telemetry/contract';
import type { FieldNode, StateName } from '@hedge-telemetry/contract';
import type { ApiSurface } from '../api/types.js';
import { ageWords } from '../view/plain-text.js';
import { isReading, rowsOf, unknown } from '../view/reading.js';
import { stateWords } from '../view/states.js';
import { at, readingCell } from './cells.js';
import { html } from './markup.js';
import type { Markup } from './markup.js';
import { emptyWords } from './surface-section.js';

/** What an operator looks at first: a label, the surface, and the path of a field in it. */
const figures: readonly (readonly [string, StateName, string])[] = [
  ['NAV', 'nav', 'nav_total'],
  ['AUM, futures', 'nav', 'aum/futures'],
  ['AUM, total', 'nav', 'aum/total'],
  ['Drawdown, fraction of the peak', 'risk_snapshot', 'dd_frac'],
  ['Daily loss, fraction of the day’s peak', 'risk_snapshot', 'daily_loss_frac'],
  ['Drawdown limit, fraction', 'risk_snapshot', 'risk_config_meta/max_nav_drawdown_frac'],
  ['Daily loss limit, fraction', 'risk_snapshot', 'risk_config_meta/daily_loss_limit_frac'],
  ['Risk mode', 'risk_snapshot', 'risk_mode'],
  ['Reason', 'risk_snapshot', 'risk_mode_reason'],
  ['Maker fill rate', 'router_health', 'maker_fill_rate'],
  ['Fallback ratio', 'router_health', 'fallback_ratio'],
  ['Slippage p50', 'router_health', 'slippage_p50'],
  ['Slippage p95', 'router_health', 'slip_q95'],
];

/** The first table of the page. */
export function headline(surfaces: readonly ApiSurface[], now: number): Markup {
  const byName = new Map(surfaces.map((surface) => [surface.name, surface]));
  const positions = byName.get('positions');
  return html`<div class="scroll">
    <table id="headline">
      <thead>
        <tr>
          <th scope="col">figure</th>
          <th scope="col">value</th>
          <th scope="col">age</th>
          <th scope="col">from</th>
        </tr>
      </thead>
      <tbody>
        ${figures.map(([label, name, path]) => row(label, byName.get(name), path, now))}
        ${positions === undefined ? null : positionsRow(positions, now)}
      </tbody>
    </table>
  </div>`;
}

function row(label: string, surface: ApiSurface | undefined, path: string, now: number): Markup | null {
  if (surface === undefined) return null;
  const cell = readingCell(at(surface.readings, path), fieldAt(surface.name, path));
  return html`<tr>
    <th scope="row">${label}</th>
    ${cell}${origin(surface, now)}
  </tr> `;
}

function positionsRow(surface: ApiSurface, now: number): Markup {
  const reading = isReading(surface.readings) ? surface.readings : unknown('absent');
  const rows = rowsOf(reading);
  const words =
    rows === null ? stateWords[reading.state].word : rows.length === 0 ? emptyWords(surface) : `${rows.length}`;
  const note =
    rows !== null && rows.length > 0 && reading.state !== 'fresh' ? ` (${stateWords[reading.state].word})` : '';
  return html`<tr>
    <th scope="row">Open positions</th>
    <td class="${reading.state}" data-state="${reading.state}">${words}${note}</td>
    ${origin(surface, now)}
  </tr> `;
}

function origin(surface: ApiSurface, now: number): Markup {
  const age = surface.timestamp === null ? '–' : ageWords(now - surface.timestamp);
  return html`<td>${age}</td>
    <td><a href="#surface-${surface.name}">${surface.name}</a></td>`;
}

function fieldAt(name: StateName, path: string): FieldNode | undefined {
  return path.split('/').reduce<FieldNode | undefined>((node, key) => node?.fields?.[key], registry[name].root);
}
