import type { ExecutionHealth, Finding } from '@hedge-telemetry/contract';
import type { WriterStats } from './stats.js';

type WriterCounters = NonNullable<ExecutionHealth['telemetry']>;
type WriterFinding = NonNullable<WriterCounters['last_finding']>;

/** What `execution_health` says of the writer itself. */
export interface Health {
  /** Takes note of a finding; `seconds` since 1970. */
  note(finding: Finding, seconds: number): void;
  /** The document with the writer's counters, where it holds none. Does not throw. */
  filledIn(document: unknown, stats: WriterStats): unknown;
}

const LONGEST_NAME = 64;

export function createHealth(): Health {
  let last: WriterFinding | null = null;
  return {
    note({ rule, level, surface }, ts) {
      if (level !== 'info') last = { rule, level, surface: surface?.slice(0, LONGEST_NAME) ?? null, ts };
    },
    filledIn(document, stats) {
      if (!isPlain(document) || Object.hasOwn(document, 'telemetry')) return document;
      return { ...document, telemetry: countersOf(stats, last) };
    },
  };
}

/** What is not a plain object is left to who judges the document. */
function isPlain(document: unknown): document is object {
  return typeof document === 'object' && document !== null && Object.getPrototypeOf(document) === Object.prototype;
}

function countersOf({ surfaces, ledgers }: WriterStats, last: WriterFinding | null): WriterCounters {
  const states = Object.values(surfaces);
  const records = Object.values(ledgers);
  return {
    accepted: sum(states, 'published') + sum(records, 'appended'),
    written: sum(states, 'written') + sum(records, 'written'),
    unchanged: sum(states, 'unchanged'),
    coalesced: sum(states, 'coalesced'),
    refused: sum(states, 'refused') + sum(records, 'refused'),
    rejected: sum(records, 'rejected'),
    spilled: sum(records, 'spilled'),
    withheld: sum(states, 'withheld') + sum(records, 'withheld'),
    failed_writes: sum(states, 'failed') + sum(records, 'failed'),
    last_finding: last,
  };
}

function sum<K extends string>(counts: readonly Readonly<Record<K, number>>[], key: K): number {
  return counts.reduce((total, each) => total + each[key], 0);
}
