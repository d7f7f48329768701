import type { RouterPolicySuggestion } from '../../../generated/types/router-policy-suggestions-v6-v1.js';
import type { MigrationReport } from '../migration.js';
import { finiteNumber, flag, share } from '../values.js';
import { wholeRecord } from './account-values.js';
import type { Convert } from './field-reader.js';
import { takerBias } from './risk-words.js';

/** A reader of suggested routing policies, which stand at the same pointer in both documents. */
export function policySuggestion(at: string, report: MigrationReport): Convert<RouterPolicySuggestion> {
  return (value) =>
    wholeRecord(value, report, at, (fields) => ({
      maker_first: fields.required('maker_first', flag),
      taker_bias: fields.required('taker_bias', share),
      bias_label: fields.required('bias_label', takerBias),
      offset_bps: fields.required('offset_bps', finiteNumber),
    }));
}
