import { isLedgerName, valueAt } from '@hedge-telemetry/contract';
import type { LedgerName, ReadingState, StateName } from '@hedge-telemetry/contract';
import type { ApiEnvironment, ApiExecutor, EnvironmentName } from './types.js';

/** A document or record, and how far it can be trusted. */
export interface KnownContent {
  readonly content: unknown;
  readonly state: ReadingState;
  /** Seconds since 1970; null where it does not tell. */
  readonly timestamp: number | null;
}

/** What is known of the executor: documents of state surfaces, and the newest record of each ledger. */
export interface Known {
  state(surface: StateName): KnownContent;
  ledger(ledger: LedgerName): KnownContent;
}

interface Evidence {
  readonly source: StateName | LedgerName;
  readonly pointer: string;
  /** The environment that a value stands for; null where it says nothing. */
  readonly means: (value: unknown) => EnvironmentName | null;
}

const NAMES: readonly EnvironmentName[] = ['LIVE', 'TESTNET', 'DRY-RUN', 'DEMO'];

/** What says where an executor trades; the first that says something counts, what is fresh before what is not. Live trading is never inferred. */
const evidence: readonly Evidence[] = [
  {
    source: 'v6_runtime_probe',
    pointer: '/environment',
    means: (value) => NAMES.find((name) => name === value) ?? null,
  },
  {
    source: 'v6_runtime_probe',
    pointer: '/engine_version',
    means: (value) => (startsWith(value, 'paper-') ? 'DEMO' : null),
  },
  { source: 'orders_executed', pointer: '/status', means: (value) => (value === 'DRY' ? 'DRY-RUN' : null) },
  { source: 'orders_executed', pointer: '/dry_run', means: (value) => (value === true ? 'DRY-RUN' : null) },
  { source: 'orders_executed', pointer: '/exchange', means: testnet },
  { source: 'order_metrics', pointer: '/venue', means: testnet },
  {
    source: 'risk_snapshot',
    pointer: '/risk_config_meta/testnet_overrides_active',
    means: (value) => (value === true ? 'TESTNET' : null),
  },
];

/** The environment that the telemetry names, and what names it. */
export function environmentOf(known: Known): ApiEnvironment {
  const said = evidence.flatMap(({ source, pointer, means }): ApiEnvironment[] => {
    const { content, state, timestamp } = knownOf(known, source);
    const value = valueAt(content, pointer);
    const name = means(value);
    return name === null ? [] : [{ name, evidence: `${source} ${pointer} is ${String(value)}`, state, timestamp }];
  });
  return said.find(({ state }) => state === 'fresh') ?? said[0] ?? UNKNOWN;
}

const UNKNOWN: ApiEnvironment = { name: 'UNKNOWN', evidence: null, state: 'absent', timestamp: null };

/** Who wrote the telemetry. */
export function executorOf(known: Known): ApiExecutor {
  const ledgers: readonly LedgerName[] = ['orders_executed', 'risk_vetoes'];
  const text = (...places: readonly (readonly [StateName | LedgerName, string])[]): string | null => {
    for (const [source, pointer] of places) {
      const value = valueAt(knownOf(known, source).content, pointer);
      if (typeof value === 'string' && value !== '') return value;
    }
    return null;
  };
  return {
    name: text(['v6_runtime_probe', '/executor'], ...ledgers.map((ledger) => [ledger, '/hostname'] as const)),
    engine_version: text(['v6_runtime_probe', '/engine_version'], ['synced_state', '/engine_version']),
    run_id: text(...ledgers.map((ledger) => [ledger, '/run_id'] as const)),
  };
}

function knownOf(known: Known, source: StateName | LedgerName): KnownContent {
  return isLedgerName(source) ? known.ledger(source) : known.state(source);
}

function testnet(value: unknown): EnvironmentName | null {
  return typeof value === 'string' && /testnet/i.test(value) ? 'TESTNET' : null;
}

function startsWith(value: unknown, prefix: string): boolean {
  return typeof value === 'string' && value.startsWith(prefix);
}
