import type { RouterStats } from '../../../generated/types/risk-snapshot-v1.js';
import type { RouterPolicy } from '../../../generated/types/router-health-v1.js';
import type { MigrationReport } from '../migration.js';
import { count, defined, finiteNumber, flag, record, share, text } from '../values.js';
import { fieldReader } from './field-reader.js';
import { routerQuality, takerBias } from './risk-words.js';

const NO_HOME = 'the canonical document does not keep it';

/** The routing policy of a symbol, as telemetry states it: the taker bias is a word. */
export function routerPolicy(value: unknown, report: MigrationReport, at: string): RouterPolicy | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at);
  const policy = defined({
    maker_first: fields.required('maker_first', flag),
    taker_bias: fields.required('taker_bias', takerBias),
    quality: fields.optional('quality', routerQuality),
    reason: fields.optional('reason', text),
    offset_bps: fields.required('offset_bps', finiteNumber),
  });
  fields.dropRest(NO_HOME);
  return policy;
}

/** Order routing over all symbols; `at` is where it goes, `from` where it stood. */
export function routerStats(value: unknown, report: MigrationReport, at: string, from: string): RouterStats | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const stats: RouterStats = {
    maker_fill_ratio: fields.required('maker_fill_ratio', share),
    fallback_ratio: fields.required('fallback_ratio', share),
    slip_q25: fields.required('slip_q25', finiteNumber),
    slip_q50: fields.required('slip_q50', finiteNumber),
    slip_q75: fields.required('slip_q75', finiteNumber),
    slip_q95: fields.required('slip_q95', finiteNumber),
    sample_count: fields.required('sample_count', count),
  };
  fields.dropRest(NO_HOME);
  return stats;
}
