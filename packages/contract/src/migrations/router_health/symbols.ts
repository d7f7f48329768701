import type { RouterAutotune, RouterSymbol } from '../../../generated/types/router-health-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import type { Convert } from '../shared/field-reader.js';
import { symbolText } from '../shared/order-values.js';
import { riskMode, routerQuality } from '../shared/risk-words.js';
import { routerPolicy } from '../shared/routing.js';
import { symbolRows } from '../shared/symbol-rows.js';
import { zeroMeans } from '../shared/zero-means.js';
import { count, defined, epochSeconds, finiteNumber, flag, nonNegative, record, share } from '../values.js';

const AT = '/symbols/*';
const NO_HOME = 'the canonical document does not keep it';
const NEVER_COUNTED = 'it looks for a key that no order record has, and is always 0';
const NO_SLIPPAGE = '0 is written where no slippage was measured';
const OTHER_FORMULA = 'the value is a quality score of another formula';
const NO_RELIABILITY = '0 is what follows from counts without makers';
const ALL_TAKERS = 'every order counts as a taker';
const COPIES = ['symbol', 'maker_first', 'taker_bias', 'bias', 'offset_bps', 'updated_ts'];

/** One row per symbol of the rows and of the counts; a symbol that only has counts gets a row as well. */
export function routerSymbols(
  rows: readonly unknown[],
  stats: unknown,
  bucketed: boolean,
  report: MigrationReport,
): RouterSymbol[] {
  const counts = record(stats) ?? {};
  const result = symbolRows(rows, report, '/symbols', (symbol, row) =>
    routerSymbol(symbol, row, counts[symbol], bucketed, report),
  );
  const listed = new Set(result?.map(({ symbol }) => symbol));
  const others = Object.keys(counts).filter((symbol) => symbolText(symbol) !== null && !listed.has(symbol));
  return [...(result ?? []), ...others.map((symbol) => routerSymbol(symbol, {}, counts[symbol], bucketed, report))];
}

function routerSymbol(
  symbol: string,
  row: Record<string, unknown>,
  stats: unknown,
  bucketed: boolean,
  report: MigrationReport,
): RouterSymbol {
  const fields = fieldReader(row, report, AT);
  for (const copy of COPIES) fields.take(copy);
  const [fallbackRate, fallbackRatio] = [fields.take('fallback_rate'), fields.take('fallback_ratio')];
  const mean = fields.take('avg_slippage_bps');
  const result = defined({
    symbol,
    maker_fill_rate: fields.required('maker_fill_rate', share),
    fallback_ratio: fields.required('fallback_ratio', share, fallbackRate === undefined ? fallbackRatio : fallbackRate),
    slippage_p50: fields.required('slippage_p50', finiteNumber),
    slip_q95: fields.required('slip_q95', finiteNumber, fields.take('slippage_p95')),
    ack_latency_ms: fields.optional('ack_latency_ms', nonNegative),
    quality: fields.optional('quality', routerQuality),
    policy: fields.optional('policy', (each) => routerPolicy(each, report, `${AT}/policy`)),
    autotune: fields.optional('autotune', (each) => autotune(each, report)),
    ...routerCounts(stats, mean, bucketed, report),
  });
  fields.dropRest(NO_HOME);
  return result;
}

type Counts = Pick<
  RouterSymbol,
  | 'order_count'
  | 'maker_count'
  | 'taker_count'
  | 'fallback_count'
  | 'reject_count'
  | 'avg_slippage_bps'
  | 'maker_reliability'
  | 'last_ts'
>;

/**
 * The v7 counter looks for keys that no order record has: makers, fallbacks and rejects are always 0, every order counts
 * as a taker, and the reliability that follows is 0. Only without any orders are the zeros true. The mean leaves out
 * zeros, and is 0 where nothing is left.
 */
function routerCounts(stats: unknown, mean: unknown, bucketed: boolean, report: MigrationReport): Counts {
  const source = record(stats) ?? {};
  const fields = fieldReader(source, report, AT, '/symbol_stats/*');
  for (const copy of ['adaptive_offset_bps', 'maker_first', 'risk_mode', 'effective_reliability']) fields.take(copy);
  const idle = count(source['order_count']) === 0;
  const allTakers = !idle && count(source['maker_count']) === 0;
  const counted = (key: string): Convert<number> =>
    idle ? count : zeroMeans(NEVER_COUNTED, report, `${AT}/${key}`, count);
  const unknown =
    (key: string, why: string): Convert<number> =>
    () => {
      report.unknown(`${AT}/${key}`, why);
      return null;
    };
  const result = defined({
    order_count: fields.optional('order_count', count),
    maker_count: fields.optional('maker_count', counted('maker_count')),
    taker_count: fields.optional('taker_count', allTakers ? unknown('taker_count', ALL_TAKERS) : count),
    fallback_count: fields.optional('fallback_count', counted('fallback_count')),
    reject_count: fields.optional('reject_count', counted('reject_count')),
    avg_slippage_bps: fields.optional(
      'avg_slippage_bps',
      zeroMeans(NO_SLIPPAGE, report, `${AT}/avg_slippage_bps`, finiteNumber),
      source['avg_slippage_bps'] ?? mean,
    ),
    maker_reliability: fields.optional(
      'maker_reliability',
      bucketed
        ? unknown('maker_reliability', OTHER_FORMULA)
        : zeroMeans(NO_RELIABILITY, report, `${AT}/maker_reliability`, share),
    ),
    last_ts: fields.optional('last_ts', epochSeconds),
  });
  fields.take('avg_slippage_bps');
  fields.dropRest(NO_HOME);
  return result;
}

function autotune(value: unknown, report: MigrationReport): RouterAutotune | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, `${AT}/autotune`);
  const result = defined({
    adaptive_offset_bps: fields.required('adaptive_offset_bps', finiteNumber),
    maker_first: fields.required('maker_first', flag),
    maker_reliability: fields.optional('maker_reliability', share),
    effective_reliability: fields.optional('effective_reliability', share),
    risk_mode: fields.optional('risk_mode', riskMode),
  });
  fields.dropRest(NO_HOME);
  return result;
}
