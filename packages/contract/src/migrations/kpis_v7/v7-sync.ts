import type {
  KpiNav,
  KpiPerformance,
  KpiRisk,
  KpiRouter,
  KpiSymbol,
  KpisV7,
} from '../../../generated/types/kpis-v7-v1.js';
import type { KpisV7Sync } from '../../../generated/types/legacy/kpis-v7-v7-sync.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds } from '../shared/account-values.js';
import { drawdownBlock } from '../shared/drawdown.js';
import { feePnl } from '../shared/fee-pnl.js';
import { fieldReader } from '../shared/field-reader.js';
import { atrRegime, drawdownState, routerQuality } from '../shared/risk-words.js';
import { atrSummary } from '../shared/volatility.js';
import { withCopy } from '../shared/with-copy.js';
import { zeroMeans } from '../shared/zero-means.js';
import { finiteNumber, flag, mapValues, record, share } from '../values.js';

const NO_HOME = 'the canonical document does not keep it';
const NO_NAV = '0 is written where NAV is not known';
const COPIES = [
  'dd_state',
  'atr_regime',
  'fee_pnl_ratio',
  'router_quality',
  'aum_total',
  'router_stats',
  'drawdown',
  'atr',
];
const ROUTER_MEANS = [
  'maker_fill_share',
  'maker_fill_rate',
  'avg_slippage_bps',
  'fallback_ratio',
  'slip_q25_bps',
  'slip_q50_bps',
  'slip_q75_bps',
];

/** The KPI document that the v7 mirror built: the five blocks, and at the top copies of what they hold. */
export function migrateKpisV7V7Sync(document: KpisV7Sync, report: MigrationReport): KpisV7 {
  const fields = fieldReader(document, report);
  for (const known of ['ts', 'updated_at', ...COPIES]) fields.take(known);
  const kpis: KpisV7 = {
    ts: ageSeconds(document.ts, '/ts', report),
    nav: fields.required('nav', (each) => kpiNav(each, report)),
    risk: fields.required('risk', (each) => kpiRisk(each, report)),
    router: fields.required('router', (each) => kpiRouter(each, report)),
    performance: fields.required('performance', (each) => kpiPerformance(each, report)),
    symbols: fields.required('symbols', (each) => kpiSymbols(each, report)),
  };
  fields.dropRest(NO_HOME);
  return kpis;
}

/** The mirror measured nav_age_s from the file it had just written itself; the age of the balances is not known. */
function kpiNav(value: unknown, report: MigrationReport): KpiNav | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/nav');
  for (const known of ['nav_age_s', 'age_s', 'updated_at']) fields.take(known);
  report.unknown('/nav/nav_age_s', 'the mirror measured the age of its own file');
  const nav: KpiNav = {
    nav_total: fields.required('nav_total', zeroMeans(NO_NAV, report, '/nav/nav_total', finiteNumber)),
    nav_age_s: null,
    sources_ok: fields.required('sources_ok', flag),
    aum_total: fields.required('aum_total', finiteNumber),
  };
  fields.dropRest(NO_HOME);
  return nav;
}

function kpiRisk(value: unknown, report: MigrationReport): KpiRisk | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/risk');
  const points = fields.take('drawdown_pct');
  const atr = withCopy(
    withCopy(undefined, 'atr_regime', fields.take('atr_regime')),
    'median_ratio',
    fields.take('atr_ratio'),
  );
  const fees = withCopy(undefined, 'fee_pnl_ratio', fields.take('fee_pnl_ratio'));
  const risk: KpiRisk = {
    dd_state: fields.required('dd_state', drawdownState),
    drawdown: fields.required(
      'drawdown',
      (each) => drawdownBlock(each, report, '/risk/drawdown'),
      withCopy(undefined, 'dd_pct', points),
    ),
    atr: fields.required('atr', (each) => atrSummary(each, report, '/risk/atr'), atr),
    fee_pnl: fields.required('fee_pnl', (each) => feePnl(each, report, '/risk/fee_pnl'), fees),
  };
  fields.dropRest(NO_HOME);
  return risk;
}

/** The rates and slippages are unweighted means over the symbols that leave out every symbol whose value is 0. */
function kpiRouter(value: unknown, report: MigrationReport): KpiRouter | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/router');
  for (const known of ROUTER_MEANS) fields.take(known);
  report.unknown('/router/router_stats', 'the mirror averaged symbols and left out those with 0');
  const router: KpiRouter = {
    policy_quality: fields.required('policy_quality', routerQuality),
    maker_first: fields.required('maker_first', flag),
    reject_rate: fields.required('reject_rate', share),
    router_stats: null,
  };
  fields.dropRest(NO_HOME);
  return router;
}

function kpiPerformance(value: unknown, report: MigrationReport): KpiPerformance | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/performance');
  fields.take('sharpe_state');
  report.unknown('/performance/sharpe_state', 'the mirror took that of the first symbol');
  const performance: KpiPerformance = {
    expectancy: fields.required('expectancy', finiteNumber),
    sharpe_state: null,
  };
  fields.dropRest(NO_HOME);
  return performance;
}

function kpiSymbols(value: unknown, report: MigrationReport): Record<string, KpiSymbol> | null {
  const source = record(value);
  if (source === null) return null;
  return mapValues(source, (each): KpiSymbol | null => {
    const row = record(each);
    if (row === null) return null;
    const fields = fieldReader(row, report, '/symbols/*');
    fields.take('symbol');
    const kpi: KpiSymbol = {
      dd_state: fields.required('dd_state', drawdownState),
      dd_today_pct: fields.required('dd_today_pct', finiteNumber),
      atr_ratio: fields.required('atr_ratio', finiteNumber),
      atr_regime: fields.required('atr_regime', atrRegime),
    };
    fields.dropRest(NO_HOME);
    return kpi;
  });
}
