import type {
  CircuitBreaker,
  CorrelationGroup,
  CorrelationGroupMap,
  RiskLimits,
  TpSlRegistry,
} from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import type { Convert, FieldReader } from '../shared/field-reader.js';
import { zeroMeans } from '../shared/zero-means.js';
import { count, flag, mapValues, nonNegative, record } from '../values.js';

const NO_HOME = 'the canonical document does not keep it';
const NO_NAV = '0 is written because NAV is missing where it is computed';

export function circuitBreaker(value: unknown, report: MigrationReport): CircuitBreaker | null {
  return block(value, report, '/circuit_breaker', (fields) => ({
    max_portfolio_dd_frac: fields.required(
      'max_portfolio_dd_frac',
      nonNegative,
      fields.take('max_portfolio_dd_nav_pct'),
    ),
    active: fields.required('active', flag),
  }));
}

/** The v7 payload has no NAV, so that its gross exposure is 0 whatever is held. */
export function correlationGroups(value: unknown, report: MigrationReport): CorrelationGroupMap | null {
  const groups = record(value);
  if (groups === null) return null;
  return mapValues(groups, (each) =>
    block<CorrelationGroup>(each, report, '/correlation_groups/*', (fields) => ({
      gross_nav_frac: fields.required('gross_nav_frac', exposure(report), fields.take('gross_nav_pct')),
      max_group_nav_frac: fields.required('max_group_nav_frac', nonNegative, fields.take('max_group_nav_pct')),
    })),
  );
}

export function tpSlRegistry(value: unknown, report: MigrationReport): TpSlRegistry | null {
  return block(value, report, '/tp_sl_registry', (fields) => ({
    num_positions: fields.required('num_positions', count),
    num_registry_entries: fields.required('num_registry_entries', count),
    registry_mismatch: fields.required('registry_mismatch', flag),
  }));
}

/** The limits are fractions, their names notwithstanding. */
export function riskLimits(value: unknown, report: MigrationReport): RiskLimits | null {
  return block(value, report, '/risk_config_meta', (fields) => ({
    testnet_overrides_active: fields.required('testnet_overrides_active', flag),
    max_nav_drawdown_frac: fields.required('max_nav_drawdown_frac', nonNegative, fields.take('max_nav_drawdown_pct')),
    daily_loss_limit_frac: fields.required('daily_loss_limit_frac', nonNegative, fields.take('daily_loss_limit_pct')),
  }));
}

function exposure(report: MigrationReport): Convert<number> {
  return zeroMeans(NO_NAV, report, '/correlation_groups/*/gross_nav_frac', nonNegative);
}

function block<T>(value: unknown, report: MigrationReport, at: string, convert: (fields: FieldReader) => T): T | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at);
  const result = convert(fields);
  fields.dropRest(NO_HOME);
  return result;
}
