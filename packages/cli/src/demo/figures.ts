import { isKnown } from '@hedge-telemetry/contract';
import type { Reading, StateName, SurfaceReadings } from '@hedge-telemetry/contract';
import type { SurfaceReading } from '@hedge-telemetry/reader';

type Format = 'usd' | 'percent' | 'fraction' | 'share' | 'bps' | 'plain';
type Figures = { readonly [N in StateName]?: (readings: SurfaceReadings[N]) => string[] };

const figures: Figures = {
  nav: ({ nav_total, aum, sources_ok }) => [
    figure('nav_total', nav_total, 'usd'),
    figure('aum', aum.total, 'usd'),
    figure('sources_ok', sources_ok),
  ],
  nav_state: ({ total_equity, drawdown_pct, unrealized_pnl }) => [
    figure('equity', total_equity, 'usd'),
    figure('drawdown', drawdown_pct, 'percent'),
    figure('unrealized', unrealized_pnl, 'usd'),
  ],
  positions: (rows) => [isKnown(rows) ? counted(rows.value.length, 'open position') : `positions ${rows.state}`],
  risk_snapshot: ({ risk_mode, dd_frac, daily_loss_frac }) => [
    figure('risk_mode', risk_mode),
    figure('drawdown', dd_frac, 'fraction'),
    figure('daily_loss', daily_loss_frac, 'fraction'),
  ],
  router_health: ({ maker_fill_rate, slippage_p50, router_health_score }) => [
    figure('maker_fill_rate', maker_fill_rate, 'share'),
    figure('slippage_p50', slippage_p50, 'bps'),
    figure('score', router_health_score, 'share'),
  ],
  kpis_v7: ({ nav, router, performance }) => [
    figure('nav_total', nav.nav_total, 'usd'),
    figure('router', router.policy_quality),
    figure('sharpe', performance.sharpe_state),
  ],
  execution_health: ({ errors, symbols }) => [items('error', errors), items('symbol', symbols)],
  expectancy_v6: ({ sample_count }) => [figure('samples', sample_count)],
  symbol_scores_v6: ({ symbols }) => [items('symbol', symbols)],
  router_policy_suggestions_v6: ({ symbols }) => [items('symbol', symbols)],
  risk_allocation_suggestions_v6: ({ symbols }) => [items('symbol', symbols)],
  pipeline_v6_shadow_head: ({ total, allowed, vetoed }) => [
    figure('decisions', total),
    figure('allowed', allowed),
    figure('vetoed', vetoed),
  ],
  pipeline_v6_compare_summary: ({ sample_size, is_warmup }) => [
    figure('samples', sample_size),
    figure('warm-up', is_warmup),
  ],
  synced_state: ({ nav, items: rows }) => [figure('nav', nav, 'usd'), items('position', rows)],
  v6_runtime_probe: ({ engine_version }) => [figure('engine', engine_version)],
};

/** What an operator looks at first on a surface. What is not known is given as the word for why. */
export function keyFigures<N extends StateName>({ surface, readings }: SurfaceReading<N>): string[] {
  return figures[surface]?.(readings) ?? [];
}

/** A value under its name, rounded for the eye. */
export function figure(name: string, reading: Reading<number | string | boolean>, format: Format = 'plain'): string {
  return `${name} ${isKnown(reading) ? rounded(reading.value, format) : reading.state}`;
}

/** An amount of USD rounded to cents, with thousands apart. */
export function usdText(amount: number): string {
  return `${amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')} USD`;
}

/** A number of things in words. */
export function counted(count: number, thing: string, things: string = `${thing}s`): string {
  return `${count} ${count === 1 ? thing : things}`;
}

function items(thing: string, list: Reading<readonly unknown[]>): string {
  return isKnown(list) ? counted(list.value.length, thing) : `${thing}s ${list.state}`;
}

function rounded(value: number | string | boolean, format: Format): string {
  if (typeof value !== 'number') return String(value);
  switch (format) {
    case 'usd':
      return usdText(value);
    case 'percent':
      return `${value.toFixed(2)} %`;
    case 'fraction':
      return `${(100 * value).toFixed(2)} %`;
    case 'share':
      return value.toFixed(3);
    case 'bps':
      return `${value.toFixed(2)} bps`;
    default:
      return String(value);
  }
}
