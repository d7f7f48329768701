import type { AtrBlock, AtrSummary } from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, finiteNumber, record } from '../values.js';
import { fieldReader } from './field-reader.js';
import { atrRegime } from './risk-words.js';
import { zeroMeans } from './zero-means.js';

const NO_HOME = 'the canonical document does not keep it';
const NO_HISTORY = '0 is written where there is no price history';

/** Average true range of a symbol. */
export function atrBlock(value: unknown, report: MigrationReport, at: string): AtrBlock | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at);
  fields.take('symbol');
  const block = defined({
    atr_now: fields.optional('atr_now', zeroMeans(NO_HISTORY, report, `${at}/atr_now`, finiteNumber)),
    atr_med: fields.optional('atr_med', zeroMeans(NO_HISTORY, report, `${at}/atr_med`, finiteNumber)),
    atr_ratio: fields.required('atr_ratio', finiteNumber),
    atr_regime: fields.required('atr_regime', atrRegime) ?? ('unknown' as const),
  });
  fields.dropRest(NO_HOME);
  return block;
}

/** Volatility over all symbols; the rows of the symbols are the caller's. `at` is where it goes, `from` where it stood. */
export function atrSummary(value: unknown, report: MigrationReport, at: string, from: string = at): AtrSummary | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  fields.take('symbols');
  const summary: AtrSummary = {
    atr_regime: fields.required('atr_regime', atrRegime),
    median_ratio: fields.required('median_ratio', finiteNumber),
  };
  fields.dropRest(NO_HOME);
  return summary;
}
