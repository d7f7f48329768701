import type { Finding, ReadingState } from '@hedge-telemetry/contract';
import { contract, ledgerStore, surfaceStore } from '../model/surfaces.js';
import { stateOrder } from '../model/states.js';

/** How a surface or ledger stands with the contract. */
export interface ContractRow {
  readonly name: string;
  readonly kind: 'state' | 'ledger';
  readonly file: string;
  /** Null until the server has told of it. */
  readonly state: ReadingState | null;
  readonly timestamp: number | null;
  readonly staleAfter: number | null;
  readonly versionSeen: string | null;
  readonly versionExpected: string;
  readonly dialect: string | null;
  /** Null where there is nothing to be valid. */
  readonly isValid: boolean | null;
  /** Said beside validity of a ledger. */
  readonly lines: { readonly seen: number; readonly invalid: number } | null;
  readonly lastFinding: Finding | null;
  readonly findingCount: number;
  readonly quarantined: number | null;
}

/** A ledger of which silence is normal: its newest line is neither fresh nor stale. */
export function isUnpaced({ kind, state, staleAfter }: ContractRow): boolean {
  return kind === 'ledger' && state === 'fresh' && staleAfter === null;
}

/** One row a surface and ledger of the contract, the worst state first. */
export function contractRows(): ContractRow[] {
  const rows = [...contract.get().values()].map(({ name, kind, file, stale_after_s, version }): ContractRow => {
    const base = { name, kind, file, staleAfter: stale_after_s, versionExpected: version };
    return kind === 'state' ? { ...base, ...ofSurface(name) } : { ...base, ...ofLedger(name) };
  });
  return rows.toSorted(
    (one, other) => rank(other) - rank(one) || (one.kind === other.kind ? 0 : one.kind === 'state' ? -1 : 1),
  );
}

type Standing = Omit<ContractRow, 'name' | 'kind' | 'file' | 'staleAfter' | 'versionExpected'>;

const unknownYet: Standing = {
  state: null,
  timestamp: null,
  versionSeen: null,
  dialect: null,
  isValid: null,
  lines: null,
  lastFinding: null,
  findingCount: 0,
  quarantined: null,
};

function ofSurface(name: string): Standing {
  const view = surfaceStore(name).get();
  if (view === null) return unknownYet;
  const { timestamp, version_seen, version, dialect, valid, findings, finding_count, quarantine } = view.surface;
  return {
    state: view.state,
    timestamp,
    versionSeen: version_seen ?? (version === null ? null : 'no tag'),
    dialect,
    isValid: valid,
    lines: null,
    lastFinding: findings[0] ?? null,
    findingCount: finding_count,
    quarantined: quarantine.count,
  };
}

function ofLedger(name: string): Standing {
  const view = ledgerStore(name).get();
  if (view === null) return unknownYet;
  const { timestamp, dialect, lines_seen, lines_invalid, last_finding, quarantine } = view.ledger;
  return {
    state: view.state,
    timestamp,
    versionSeen: null,
    dialect,
    isValid: lines_seen === 0 ? null : lines_invalid === 0,
    lines: { seen: lines_seen, invalid: lines_invalid },
    lastFinding: last_finding,
    findingCount: last_finding === null ? 0 : 1,
    quarantined: quarantine.count,
  };
}

function rank({ state }: ContractRow): number {
  return state === null ? -1 : stateOrder.indexOf(state);
}
