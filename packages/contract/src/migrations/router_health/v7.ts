import type { RouterHealthV7 } from '../../../generated/types/legacy/router-health-v7.js';
import type { RouterHealth, RouterSummary } from '../../../generated/types/router-health-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import type { Convert } from '../shared/field-reader.js';
import { zeroMeans } from '../shared/zero-means.js';
import { count, defined, list, mapValues, record, share } from '../values.js';
import { routerSymbols } from './symbols.js';

const NO_HOME = 'the canonical document does not keep it';
const NO_AGGREGATE = 'the document has no aggregate over all symbols';

/**
 * The v7 router health: rows in symbols and once more in per_symbol, their counts in symbol_stats, and no aggregates.
 * Later executors add router_health, and then mean other scores by the same keys.
 */
export function migrateRouterHealthV7(document: RouterHealthV7, report: MigrationReport): RouterHealth {
  const fields = fieldReader(document, report);
  const bucketed = fields.take('router_health') !== undefined;
  const [rows, copy] = [list(fields.take('symbols')), list(fields.take('per_symbol'))];
  if (rows === null && copy === null) report.unknown('/symbols', 'the document has no rows');
  for (const known of ['updated_ts', 'global', 'symbol_stats']) fields.take(known);
  for (const key of ['maker_fill_rate', 'fallback_ratio', 'slippage_p50', 'slip_q95'])
    report.unknown(`/${key}`, NO_AGGREGATE);
  const health = defined({
    updated_ts: ageSeconds(document.updated_ts, '/updated_ts', report),
    maker_fill_rate: null,
    fallback_ratio: null,
    slippage_p50: null,
    slip_q95: null,
    router_health_score: fields.required('router_health_score', healthScore(bucketed, report)),
    symbols: routerSymbols(rows ?? copy ?? [], document.symbol_stats, bucketed, report),
    summary: fields.optional('summary', (each) => routerSummary(each, report)),
  });
  if (bucketed) report.dropped('/router_health', 'its bucketed scores have no canonical counterpart');
  fields.dropRest(NO_HOME);
  return health;
}

function healthScore(bucketed: boolean, report: MigrationReport): Convert<number> {
  const at = '/router_health_score';
  if (!bucketed) return zeroMeans('it was computed from keys that the document lacks', report, at, share);
  return () => {
    report.unknown(at, 'the score is of another formula');
    return null;
  };
}

function routerSummary(value: unknown, report: MigrationReport): RouterSummary | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/summary');
  fields.take('updated_ts');
  const summary: RouterSummary = {
    count: fields.required('count', count),
    quality_counts: fields.required('quality_counts', qualityCounts),
    maker_first_enabled: fields.required('maker_first_enabled', count),
  };
  fields.dropRest(NO_HOME);
  return summary;
}

function qualityCounts(value: unknown): Record<string, number> | null {
  const source = record(value);
  return source === null ? null : mapValues(source, count);
}
