import type { PipelineV6CompareSummary } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { mean, quantile, ratio, rounded } from '../numbers.js';
import type { Snapshot } from '../snapshot.js';
import { points } from './percent.js';

interface Spread {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
}

const MIN_PAIRS = 40;

export function pipelineV6CompareSummaryDocument({ at, run }: Snapshot): Publishable<PipelineV6CompareSummary> {
  const { pairs, mismatches, sizes, slippages } = run.shadow.comparison();
  const mismatch = ratio(mismatches, pairs);
  const warmup = pairs < MIN_PAIRS;
  return {
    generated_ts: at,
    sample_size: pairs,
    slippage_diff_bps: spread(slippages),
    warmup_reason: warmup ? 'sample_size_below_min' : null,
    veto_mismatch_pct: points(mismatch === null ? null : 100 * mismatch),
    size_diff_stats: spread(sizes),
    is_warmup: warmup,
    min_sample_size: MIN_PAIRS,
  };
}

function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  return {
    mean: rounded(mean(values)),
    p50: rounded(quantile(values, 0.5)),
    p95: rounded(quantile(values, 0.95)),
  };
}
