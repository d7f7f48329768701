import type { RiskSnapshot } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { ratio, round, sum } from '../numbers.js';
import type { Snapshot } from '../snapshot.js';
import { CONFIDENCE, tailOf } from '../tail.js';
import { drawdownBlock, navHealth, navOf } from './account-blocks.js';
import { points } from './percent.js';
import { atrBlock, atrSummary, feePnl, routerStats, symbolRisk } from './symbol-blocks.js';

export function riskSnapshotDocument(snapshot: Snapshot): Publishable<RiskSnapshot> {
  const { risk, settings, positions } = snapshot;
  const { limits } = settings;
  return {
    updated_ts: snapshot.at,
    dd_state: risk.drawdown === null ? null : { dd_state: risk.ddState, drawdown: drawdownBlock(snapshot) },
    // The writer derives both fractions, but only from a known percentage.
    ...(risk.drawdown === null && { dd_frac: null }),
    ...(risk.dailyLoss === null && { daily_loss_frac: null }),
    risk_mode: risk.mode,
    router_stats: routerStats(snapshot.routing),
    symbols: snapshot.symbols.map((view) => ({ symbol: view.symbol, risk: symbolRisk(view), vol: atrBlock(view) })),
    dd_pct: points(risk.drawdown?.points ?? null),
    daily_loss_pct: points(risk.dailyLoss?.points ?? null),
    risk_mode_reason: risk.reason,
    risk_mode_score: risk.score,
    portfolio_dd_frac: risk.portfolioDrawdown,
    circuit_breaker: { max_portfolio_dd_frac: limits.maxPortfolioDrawdownFrac, active: risk.breakerActive },
    correlation_groups: correlationGroups(snapshot),
    tp_sl_registry: {
      num_positions: positions.length,
      num_registry_entries: positions.length,
      registry_mismatch: false,
    },
    atr: atrSummary(snapshot),
    fee_pnl: feePnl(snapshot),
    nav_health: navHealth(snapshot),
    risk_config_meta: {
      testnet_overrides_active: settings.testnet,
      max_nav_drawdown_frac: limits.maxDrawdownFrac,
      daily_loss_limit_frac: limits.dailyLossFrac,
    },
    var: portfolioVar(snapshot),
    cvar: positionCvars(snapshot),
  };
}

function correlationGroups(snapshot: Snapshot): NonNullable<RiskSnapshot['correlation_groups']> {
  const { symbols, positions, settings } = snapshot;
  const names = [...new Set(symbols.map(({ market }) => market.instrument.group))];
  return Object.fromEntries(
    names.map((name) => {
      const gross = sum(positions.filter(({ group }) => group === name).map(({ notional }) => notional));
      const share = ratio(gross, navOf(snapshot));
      return [name, { gross_nav_frac: share, max_group_nav_frac: settings.limits.maxGroupFrac }];
    }),
  );
}

/** Of the equity curve's own returns. */
function portfolioVar(snapshot: Snapshot): NonNullable<RiskSnapshot['var']> {
  const { series } = snapshot.account;
  const limit = snapshot.settings.limits.maxVarFrac;
  const nav = navOf(snapshot);
  const tail = tailOf(series.slice(1).map((each, index) => each.nav / (series[index]?.nav ?? each.nav) - 1));
  return {
    portfolio_var_usd: tail === null || nav === null ? null : round(tail.valueAtRisk * nav),
    portfolio_var_frac: tail === null || nav === null ? null : tail.valueAtRisk,
    max_portfolio_var_frac: limit,
    within_limit: tail === null || nav === null ? null : tail.valueAtRisk <= limit,
    confidence: CONFIDENCE,
    lookback_used: tail?.count ?? null,
  };
}

function positionCvars(snapshot: Snapshot): NonNullable<RiskSnapshot['cvar']> {
  const limit = snapshot.settings.limits.maxPositionCvarFrac;
  const nav = navOf(snapshot);
  const rows = snapshot.positions.map(({ position, notional }) => {
    const market = snapshot.symbols.find(({ symbol }) => symbol === position.symbol)?.market;
    const direction = position.side === 'LONG' ? 1 : -1;
    const tail = tailOf((market?.returns() ?? []).map((each) => each * direction));
    const cvar = tail === null ? null : round(tail.shortfall * notional);
    const share = ratio(cvar, nav);
    const row = {
      cvar_frac: share,
      within_limit: share === null ? null : share <= limit,
      cvar_usd: cvar,
      position_notional_usd: notional,
      lookback_used: tail?.count ?? null,
    };
    return [position.symbol, row];
  });
  return { per_symbol: Object.fromEntries(rows), max_position_cvar_frac: limit, confidence: CONFIDENCE };
}
