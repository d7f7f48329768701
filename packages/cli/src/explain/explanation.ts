import type { FieldNode, Level } from '@hedge-telemetry/contract';

/** A rule that findings name. */
export interface RuleExplanation {
  readonly kind: 'rule';
  readonly rule: string;
  /** What it judges: documents and files, changes of the contract, or the schemas that are compared. */
  readonly catalogue: 'contract' | 'evolution' | 'compatibility';
  /** Null where the level follows from what else changes. */
  readonly level: Level | null;
  readonly meaning: string;
  readonly fix: string;
  /** Path of its page in the repository. */
  readonly page: string;
}

/** A state surface or a ledger. */
export interface SurfaceExplanation {
  readonly kind: 'surface';
  readonly surface: string;
  readonly surface_kind: 'state' | 'ledger';
  readonly meaning: string;
  readonly file: string;
  readonly version: string;
  readonly status: string;
  readonly owner: string;
  readonly writer: string;
  readonly consumers: readonly string[];
  readonly cadence: string;
  /** Pointer to the timestamp that its age is measured from. */
  readonly age: string;
  /** Null where silence is normal. */
  readonly stale_after_s: number | null;
  readonly sensitivity: string;
  readonly fields: readonly string[];
  /** Path of its page in the repository. */
  readonly page: string;
}

/** A declared field. What the contract does not say of it is null. */
export interface FieldExplanation {
  readonly kind: 'field';
  readonly surface: string;
  readonly pointer: string;
  /** Kinds of record that hold it, where a ledger has several. */
  readonly records: readonly string[];
  readonly type: string;
  readonly unit: string | null;
  readonly meaning: string;
  readonly range: Readonly<Record<string, number>> | null;
  readonly values: readonly unknown[] | null;
  readonly required: boolean;
  /** What null means; null where the field is never null. */
  readonly null: string | null;
  /** What it means that the key is missing. */
  readonly absent: string | null;
  readonly since: string | null;
  readonly deprecated: boolean;
  readonly replaced_by: string | null;
  readonly remove_after: string | null;
  /** Fields that the writer computes it from. */
  readonly derived_from: readonly string[] | null;
  readonly metric: FieldNode['metric'] | null;
  readonly sensitivity: string | null;
  readonly file: string;
  readonly writer: string;
  readonly consumers: readonly string[];
  readonly stale_after_s: number | null;
  /** Path of the page of its surface in the repository, and where it stands there. */
  readonly page: string;
}

/** A key that only a legacy dialect has, which readers migrate. */
export interface LegacyExplanation {
  readonly kind: 'legacy';
  readonly key: string;
  /** Surface and dialect, as in "nav/v7"; null where several share the definition. */
  readonly dialect: string | null;
  /** Schema that declares it. */
  readonly schema: string;
  readonly unit: string | null;
  readonly meaning: string;
}

export type Explanation = RuleExplanation | SurfaceExplanation | FieldExplanation | LegacyExplanation;

/** What was found of a name, and what else it may have been meant to be. */
export interface Answer {
  readonly query: string;
  readonly found: readonly Explanation[];
  /** Names that are nearly the same; empty where something was found. */
  readonly nearest: readonly string[];
}
