import type {
  PortfolioVar,
  PositionCvar,
  PositionCvarMap,
  PositionCvars,
} from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import type { Convert } from '../shared/field-reader.js';
import { count, defined, flag, mapValues, nonNegative, record, share } from '../values.js';

const NO_HOME = 'the canonical document does not keep it';

/** Value at risk of the portfolio. Without price history its zeros are no measurements. */
export function portfolioVar(value: unknown, report: MigrationReport): PortfolioVar | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/var');
  const measured = whereMeasured(report, '/var', source['n_assets'], source['lookback_used']);
  const result = defined({
    portfolio_var_usd: fields.required('portfolio_var_usd', measured('portfolio_var_usd', nonNegative)),
    portfolio_var_frac: fields.required(
      'portfolio_var_frac',
      measured('portfolio_var_frac', nonNegative),
      fields.take('portfolio_var_nav_pct'),
    ),
    max_portfolio_var_frac: fields.required(
      'max_portfolio_var_frac',
      nonNegative,
      fields.take('max_portfolio_var_nav_pct'),
    ),
    within_limit: fields.required('within_limit', measured('within_limit', flag)),
    portfolio_volatility: fields.optional('portfolio_volatility', measured('portfolio_volatility', nonNegative)),
    confidence: fields.optional('confidence', share),
    n_assets: fields.optional('n_assets', count),
    lookback_used: fields.optional('lookback_used', count),
  });
  fields.dropRest(NO_HOME);
  return result;
}

export function positionCvars(value: unknown, report: MigrationReport): PositionCvars | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/cvar');
  const result = defined({
    per_symbol: fields.required('per_symbol', (each) => positionCvarMap(each, report)) ?? {},
    max_position_cvar_frac: fields.required(
      'max_position_cvar_frac',
      nonNegative,
      fields.take('max_position_cvar_nav_pct'),
    ),
    confidence: fields.optional('confidence', share),
  });
  fields.dropRest(NO_HOME);
  return result;
}

function positionCvarMap(value: unknown, report: MigrationReport): PositionCvarMap | null {
  const source = record(value);
  return source === null ? null : mapValues(source, (each) => positionCvar(each, report));
}

/** `limit` repeats max_position_cvar_nav_pct. */
function positionCvar(value: unknown, report: MigrationReport): PositionCvar | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/cvar/per_symbol/*');
  const measured = whereMeasured(report, '/cvar/per_symbol/*', source['lookback_used']);
  fields.take('limit');
  const result = defined({
    cvar_frac: fields.required('cvar_frac', measured('cvar_frac', nonNegative), fields.take('cvar_nav_pct')),
    within_limit: fields.required('within_limit', measured('within_limit', flag)),
    cvar_usd: fields.optional('cvar_usd', measured('cvar_usd', nonNegative)),
    var_frac: fields.optional('var_frac', measured('var_frac', nonNegative), fields.take('var_nav_pct')),
    var_usd: fields.optional('var_usd', measured('var_usd', nonNegative)),
    position_notional_usd: fields.optional('position_notional_usd', nonNegative),
    lookback_used: fields.optional('lookback_used', count),
  });
  fields.dropRest(NO_HOME);
  return result;
}

/** Converts only where none of the numbers of observations is 0. */
function whereMeasured(
  report: MigrationReport,
  at: string,
  ...observations: readonly unknown[]
): <T>(key: string, convert: Convert<T>) => Convert<T> {
  const measured = observations.every((each) => count(each) !== 0);
  return (key, convert) => (value) => {
    if (measured) return convert(value);
    report.unknown(`${at}/${key}`, 'there is no price history');
    return null;
  };
}
