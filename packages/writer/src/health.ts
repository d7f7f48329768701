import type { ExecutionHealth, Finding } from '@hedge-telemetry/contract';
import type { Totals } from './totals.js';
type WriterCounters = NonNullable<ExecutionHealth['telemetry']>;
type WriterFinding = NonNullable<WriterCounters['last_finding']>;

/** What `execution_health` says of the writer itself. */
export interface Health {
  /** Takes note of a finding; `seconds` since 1970. */
  note(finding: Finding, seconds: number): void;
  /** The document with the writer's counters, where it holds none. Does not throw. */
  filledIn(document: unknown, totals: () => Totals): unknown;
}

const LONGEST_NAME = 64;

export function createHealth(): Health {
  let last: WriterFinding | null = null;
  return {
    note({ rule, level, surface }, ts) {
      if (level !== 'info') last = { rule, level, surface: surface?.slice(0, LONGEST_NAME) ?? null, ts };
    },
    filledIn(document, totals) {
      try {
        if (!isPlain(document) || Object.hasOwn(document, 'telemetry')) return document;
        const telemetry: WriterCounters = { ...totals(), last_finding: last };
        return { ...document, telemetry };
      } catch {
        // A document that throws when it is read is left to who judges it.
        return document;
      }
    },
  };
}

/** What is not a plain object is left to who judges the document. */
function isPlain(document: unknown): document is object {
  return typeof document === 'object' && document !== null && Object.getPrototypeOf(document) === Object.prototype;
}
