import type { RouterPolicySuggestionsV6V7 } from '../../../generated/types/legacy/router-policy-suggestions-v6-v7.js';
import type {
  PolicyBySymbol,
  RouterPolicySuggestionsV6,
  RouterSuggestionMetrics,
  RouterSuggestionRow,
} from '../../../generated/types/router-policy-suggestions-v6-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds, daysAsHours, NO_HOME, routerRegime, sentences, wholeRecord } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { policySuggestion } from '../shared/policy-suggestion.js';
import { routerQuality } from '../shared/risk-words.js';
import { symbolRows } from '../shared/symbol-rows.js';
import { defined, finiteNumber, nonNegative, share } from '../values.js';

const AT = '/symbols/*';

/** Suggestions of v7, which hold the suggested policy in the rows only. */
export function migrateRouterPolicySuggestionsV6V7(
  document: RouterPolicySuggestionsV6V7,
  report: MigrationReport,
): RouterPolicySuggestionsV6 {
  const fields = fieldReader(document, report);
  const symbols = fields.required('symbols', (value) =>
    symbolRows(value, report, '/symbols', (symbol, each) => row(symbol, each, report)),
  );
  if (symbols === null) report.unknown('/proposed_policy', 'the rows, which hold it, are not known');
  const suggestions = defined({
    symbols,
    proposed_policy: symbols === null ? null : bySymbol(symbols),
    generated_ts: ageSeconds(fields.take('generated_ts'), '/generated_ts', report),
    lookback_hours: fields.optional('lookback_hours', daysAsHours, fields.take('lookback_days')),
  });
  fields.dropRest(NO_HOME);
  return suggestions;
}

function row(symbol: string, source: Record<string, unknown>, report: MigrationReport): RouterSuggestionRow {
  const fields = fieldReader(source, report, AT);
  fields.take('symbol');
  const converted = defined({
    symbol,
    regime: fields.optional('regime', routerRegime),
    quality: fields.optional('quality', routerQuality),
    metrics: fields.optional('metrics', (value) => metrics(value, report)),
    current_policy: fields.required('current_policy', policySuggestion(`${AT}/current_policy`, report)),
    proposed_policy: fields.required('proposed_policy', policySuggestion(`${AT}/proposed_policy`, report)),
    rationale: fields.optional('rationale', sentences),
  });
  fields.dropRest(NO_HOME);
  return converted;
}

function metrics(value: unknown, report: MigrationReport): RouterSuggestionMetrics | null {
  return wholeRecord(value, report, `${AT}/metrics`, (fields) => ({
    fill_rate: fields.required('fill_rate', share),
    fallback_rate: fields.required('fallback_rate', share),
    slip_p50_bps: fields.required('slip_p50_bps', finiteNumber),
    slip_p95_bps: fields.required('slip_p95_bps', finiteNumber),
    latency_p50_ms: fields.required('latency_p50_ms', nonNegative),
  }));
}

function bySymbol(rows: readonly RouterSuggestionRow[]): PolicyBySymbol {
  return Object.fromEntries(
    rows.flatMap(({ symbol, proposed_policy }) =>
      proposed_policy === null || proposed_policy === undefined ? [] : [[symbol, proposed_policy]],
    ),
  );
}
