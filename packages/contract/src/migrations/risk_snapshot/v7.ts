import type { RiskSnapshotV7 } from '../../../generated/types/legacy/risk-snapshot-v7.js';
import type { RiskSnapshot, RiskSymbol } from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds } from '../shared/account-values.js';
import { errorLine } from '../shared/error-line.js';
import { feePnl } from '../shared/fee-pnl.js';
import { fieldReader } from '../shared/field-reader.js';
import { navHealth } from '../shared/nav-health.js';
import { riskMode } from '../shared/risk-words.js';
import { routerStats } from '../shared/routing.js';
import { symbolRisk } from '../shared/symbol-risk.js';
import { symbolRows } from '../shared/symbol-rows.js';
import { atrBlock, atrSummary } from '../shared/volatility.js';
import { withCopy } from '../shared/with-copy.js';
import { defined, list, record, share } from '../values.js';
import { drawdownStatus, shareOfPercent } from './drawdown-status.js';
import { circuitBreaker, correlationGroups, riskLimits, tpSlRegistry } from './limits.js';
import { portfolioVar, positionCvars } from './value-at-risk.js';

const NO_HOME = 'the canonical document does not keep it';
const STATS = '/kpis_v7/router_stats';

/**
 * The v7 risk snapshot. Its dd_frac and daily_loss_frac took a drawdown below 1 % for a fraction; they are computed anew
 * from the percent points of the drawdown block.
 */
export function migrateRiskSnapshotV7(document: RiskSnapshotV7, report: MigrationReport): RiskSnapshot {
  const fields = fieldReader(document, report);
  const atr = withCopy(fields.take('atr'), 'atr_regime', fields.take('atr_regime'));
  const fees = withCopy(fields.take('fee_pnl'), 'fee_pnl_ratio', fields.take('fee_pnl_ratio'));
  const ddState = drawdownStatus(fields.take('dd_state'), report);
  const drawdown = ddState?.drawdown;
  const symbols = fields.required('symbols', (each) => riskSymbols(each, report));
  fields.take('updated_ts');
  const snapshot = defined({
    updated_ts: ageSeconds(document.updated_ts, '/updated_ts', report),
    dd_state: ddState,
    dd_frac: shareOfPercent(drawdown?.dd_pct, fields.take('dd_frac'), report, '/dd_frac'),
    daily_loss_frac: shareOfPercent(
      drawdown?.daily_loss?.pct,
      fields.take('daily_loss_frac'),
      report,
      '/daily_loss_frac',
    ),
    risk_mode: fields.required('risk_mode', riskMode),
    router_stats: fields.required(
      'router_stats',
      (each) => routerStats(each, report, '/router_stats', STATS),
      record(document.kpis_v7)?.['router_stats'],
    ),
    symbols,
    risk_mode_reason: fields.optional('risk_mode_reason', errorLine),
    risk_mode_score: fields.optional('risk_mode_score', share),
    portfolio_dd_frac: fields.optional('portfolio_dd_frac', share, fields.take('portfolio_dd_pct')),
    circuit_breaker: fields.optional('circuit_breaker', (each) => circuitBreaker(each, report)),
    correlation_groups: fields.optional('correlation_groups', (each) => correlationGroups(each, report)),
    tp_sl_registry: fields.optional('tp_sl_registry', (each) => tpSlRegistry(each, report)),
    atr: fields.optional('atr', (each) => atrSummary(each, report, '/atr'), atr),
    fee_pnl: fields.optional('fee_pnl', (each) => feePnl(each, report, '/fee_pnl'), fees),
    nav_health: fields.optional('nav_health', (each) => navHealth(each, report, '/nav_health')),
    risk_config_meta: fields.optional('risk_config_meta', (each) => riskLimits(each, report)),
    var: fields.optional('var', (each) => portfolioVar(each, report)),
    cvar: fields.optional('cvar', (each) => positionCvars(each, report)),
  });
  dropUncarriedAtr(record(atr)?.['symbols'], symbols, report);
  fields.dropRest(NO_HOME);
  return snapshot;
}

function riskSymbols(value: unknown, report: MigrationReport): RiskSymbol[] | null {
  return symbolRows(value, report, '/symbols', (symbol, row) => {
    const fields = fieldReader(row, report, '/symbols/*');
    for (const known of ['schema', 'symbol', 'updated_ts', 'components']) fields.take(known);
    const risk = fields.required('risk', (each) => symbolRisk(each, report, '/symbols/*/risk'));
    const vol = fields.required('vol', (each) => atrBlock(each, report, '/symbols/*/vol'));
    fields.dropRest('execution_health carries it');
    return { symbol, risk, vol };
  });
}

/** The rows below atr repeat the vol blocks of the symbols; one of a symbol that has no row is lost. */
function dropUncarriedAtr(rows: unknown, symbols: readonly RiskSymbol[] | null, report: MigrationReport): void {
  const carried = new Set<unknown>(symbols?.map(({ symbol }) => symbol));
  const lost = list(rows)?.some((row) => !carried.has(record(row)?.['symbol']));
  if (lost === true) report.dropped('/atr/symbols/*', 'the snapshot has no row of that symbol');
}
