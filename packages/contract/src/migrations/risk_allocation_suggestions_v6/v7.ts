import type { RiskAllocationSuggestionsV6V7 } from '../../../generated/types/legacy/risk-allocation-suggestions-v6-v7.js';
import type {
  AllocationCaps,
  AllocationExpectancy,
  AllocationGlobal,
  AllocationRouterPolicy,
  AllocationRow,
  AllocatorRiskMode,
  RiskAllocationSuggestionsV6,
} from '../../../generated/types/risk-allocation-suggestions-v6-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds, daysAsHours, NO_HOME, routerRegime, sentences, wholeRecord } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { policySuggestion } from '../shared/policy-suggestion.js';
import { symbolRows } from '../shared/symbol-rows.js';
import { count, defined, finiteNumber, nonNegative, oneOf, share } from '../values.js';

const MODES: readonly AllocatorRiskMode[] = ['normal', 'cautious', 'defensive'];
const AT = '/symbols/*';

/** Suggestions of v7. Its caps are fractions although their names end in _pct, and its rationale is a list. */
export function migrateRiskAllocationSuggestionsV6V7(
  document: RiskAllocationSuggestionsV6V7,
  report: MigrationReport,
): RiskAllocationSuggestionsV6 {
  const fields = fieldReader(document, report);
  const suggestions = defined({
    global: fields.required('global', (value) => accountWide(value, report)),
    symbols: fields.required('symbols', (value) =>
      symbolRows(value, report, '/symbols', (symbol, each) => row(symbol, each, report)),
    ),
    generated_ts: ageSeconds(fields.take('generated_ts'), '/generated_ts', report),
    lookback_hours: fields.optional('lookback_hours', daysAsHours, fields.take('lookback_days')),
  });
  fields.dropRest(NO_HOME);
  return suggestions;
}

function accountWide(value: unknown, report: MigrationReport): AllocationGlobal | null {
  return wholeRecord(value, report, '/global', (fields) => ({
    current_equity_usd: fields.required('current_equity_usd', finiteNumber),
    current_drawdown_pct: fields.required('current_drawdown_pct', nonNegative),
    risk_mode: fields.required('risk_mode', (mode) => oneOf(mode, MODES)),
  }));
}

function row(symbol: string, source: Record<string, unknown>, report: MigrationReport): AllocationRow {
  const fields = fieldReader(source, report, AT);
  fields.take('symbol');
  const converted = defined({
    symbol,
    suggested_weight: fields.required('suggested_weight', share),
    rationale: joined(fields.required('rationale', sentences)),
    score: fields.optional('score', share),
    expectancy: fields.optional('expectancy', (value) => expectancy(value, report)),
    router_policy: fields.optional('router_policy', (value) => routerPolicy(value, report)),
    caps: fields.optional('caps', (value) => caps(value, report, `${AT}/caps`, 'current_')),
    suggested_caps: fields.optional('suggested_caps', (value) => caps(value, report, `${AT}/suggested_caps`, '')),
  });
  fields.dropRest(NO_HOME);
  return converted;
}

function joined(reasons: string[] | null): string | null {
  return reasons === null || reasons.length === 0 ? null : reasons.join('; ');
}

function expectancy(value: unknown, report: MigrationReport): AllocationExpectancy | null {
  return wholeRecord(value, report, `${AT}/expectancy`, (fields) =>
    defined({
      expectancy: fields.required('expectancy', finiteNumber),
      avg_return: fields.required('avg_return', finiteNumber),
      hit_rate: fields.required('hit_rate', share),
      regime: fields.optional('regime', routerRegime),
    }),
  );
}

function routerPolicy(value: unknown, report: MigrationReport): AllocationRouterPolicy | null {
  const at = `${AT}/router_policy`;
  return wholeRecord(value, report, at, (fields) => ({
    current: fields.required('current', policySuggestion(`${at}/current`, report)),
    proposed: fields.required('proposed', policySuggestion(`${at}/proposed`, report)),
  }));
}

function caps(value: unknown, report: MigrationReport, at: string, prefix: string): AllocationCaps | null {
  return wholeRecord(value, report, at, (fields) => ({
    max_nav_frac: fields.required('max_nav_frac', nonNegative, fields.take(`${prefix}max_nav_pct`)),
    max_trade_nav_frac: fields.required('max_trade_nav_frac', nonNegative, fields.take(`${prefix}max_trade_nav_pct`)),
    max_concurrent_positions: fields.required(
      'max_concurrent_positions',
      count,
      fields.take(`${prefix}max_concurrent_positions`),
    ),
  }));
}
