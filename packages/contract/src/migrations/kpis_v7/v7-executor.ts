import type { KpiRisk, KpiRouter, KpiSymbol, KpisV7 } from '../../../generated/types/kpis-v7-v1.js';
import type { KpisV7Executor } from '../../../generated/types/legacy/kpis-v7-v7-executor.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds } from '../shared/account-values.js';
import { drawdownBlock } from '../shared/drawdown.js';
import { feePnl } from '../shared/fee-pnl.js';
import { fieldReader } from '../shared/field-reader.js';
import type { FieldReader } from '../shared/field-reader.js';
import { atrRegime, drawdownState, routerQuality } from '../shared/risk-words.js';
import { routerStats } from '../shared/routing.js';
import { symbolRows } from '../shared/symbol-rows.js';
import { atrSummary } from '../shared/volatility.js';
import { withCopy } from '../shared/with-copy.js';
import { finiteNumber, record } from '../values.js';

const NOT_SAID = 'the executor does not write it';
const NO_HOME = 'the canonical document does not keep it';

/** The executor's own KPI document: risk and routing, without NAV and performance. */
export function migrateKpisV7V7Executor(document: KpisV7Executor, report: MigrationReport): KpisV7 {
  const fields = fieldReader(document, report);
  for (const known of ['ts', 'updated_at']) fields.take(known);
  const atr = withCopy(fields.take('atr'), 'atr_regime', fields.take('atr_regime'));
  for (const key of ['nav', 'performance']) report.unknown(`/${key}`, NOT_SAID);
  const kpis: KpisV7 = {
    ts: ageSeconds(document.ts, '/ts', report),
    nav: null,
    risk: kpiRisk(fields, atr, report),
    router: kpiRouter(fields, report),
    performance: null,
    symbols: fields.required('symbols', (each) => kpiSymbols(each, report), record(atr)?.['symbols']),
  };
  fields.dropRest(NO_HOME);
  return kpis;
}

function kpiRisk(top: FieldReader, atr: unknown, report: MigrationReport): KpiRisk {
  const ratio = withCopy(top.take('fee_pnl'), 'fee_pnl_ratio', top.take('fee_pnl_ratio'));
  const fees = withCopy(withCopy(ratio, 'fees', top.take('fees')), 'pnl', top.take('pnl'));
  const fields = fieldReader({}, report, '/risk', '');
  return {
    dd_state: fields.required('dd_state', drawdownState, top.take('dd_state')),
    drawdown: fields.required(
      'drawdown',
      (each) => drawdownBlock(each, report, '/risk/drawdown', '/drawdown'),
      top.take('drawdown'),
    ),
    atr: fields.required('atr', (each) => atrSummary(each, report, '/risk/atr', '/atr'), atr),
    fee_pnl: fields.required('fee_pnl', (each) => feePnl(each, report, '/risk/fee_pnl', '/fee_pnl'), fees),
  };
}

function kpiRouter(top: FieldReader, report: MigrationReport): KpiRouter {
  for (const key of ['maker_first', 'reject_rate']) report.unknown(`/router/${key}`, NOT_SAID);
  const fields = fieldReader({}, report, '/router', '');
  return {
    policy_quality: fields.required('policy_quality', routerQuality, top.take('router_quality')),
    maker_first: null,
    reject_rate: null,
    router_stats: fields.required(
      'router_stats',
      (each) => routerStats(each, report, '/router/router_stats', '/router_stats'),
      top.take('router_stats'),
    ),
  };
}

function kpiSymbols(value: unknown, report: MigrationReport): Record<string, KpiSymbol> | null {
  const rows = symbolRows(value, report, '/atr/symbols', (symbol, row): [string, KpiSymbol] => {
    const fields = fieldReader(row, report, '/symbols/*', '/atr/symbols/*');
    fields.take('symbol');
    const kpi: KpiSymbol = {
      dd_state: fields.required('dd_state', drawdownState),
      dd_today_pct: fields.required('dd_today_pct', finiteNumber),
      atr_ratio: fields.required('atr_ratio', finiteNumber),
      atr_regime: fields.required('atr_regime', atrRegime),
    };
    fields.dropRest('risk_snapshot carries it');
    return [symbol, kpi];
  });
  return rows === null ? null : Object.fromEntries(rows);
}
