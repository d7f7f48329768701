import type { SurfaceOutcome } from './report.js';
import { together } from './surface-mirror.js';
import type { Outcome } from './surface-mirror.js';

/** What hints came to since the pass before: the next pass tells it. */
export interface HintOutcomes {
  add(file: string, result: Outcome): void;
  /** Findings on single lines among them. */
  lineFindings(): number;
  /** What there is, by file; then there is nothing. */
  take(): ReadonlyMap<string, Outcome>;
}

/** Makes an empty account of what hints come to. */
export function createHintOutcomes(): HintOutcomes {
  let outcomes = new Map<string, Outcome>();
  return {
    add(file, result) {
      const before = outcomes.get(file);
      outcomes.set(file, before === undefined ? result : together(before, result));
    },
    lineFindings() {
      let count = 0;
      for (const { findings } of outcomes.values()) count += findings.filter(({ line }) => line !== null).length;
      return count;
    },
    take() {
      const taken = outcomes;
      if (taken.size > 0) outcomes = new Map();
      return taken;
    },
  };
}

/** What a hint and then a pass did for the same file. */
export function withHint({ file, outcome }: SurfaceOutcome, hints: ReadonlyMap<string, Outcome>): SurfaceOutcome {
  const before = hints.get(file);
  return { file, outcome: before === undefined ? outcome : together(before, outcome) };
}
