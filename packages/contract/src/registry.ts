import { registry as generated } from '../generated/registry/index.js';
import { ledgerNames, stateNames } from '../generated/surfaces.js';
import type { LedgerRecords, StateDocuments } from '../generated/surfaces.js';

export { ledgerNames, stateNames } from '../generated/surfaces.js';
export type { LedgerRecords, StateDocuments, SurfaceReadings } from '../generated/surfaces.js';

/** Name of a state surface. */
export type StateName = keyof StateDocuments;
/** Name of a ledger. */
export type LedgerName = keyof LedgerRecords;
/** Name of a state surface or a ledger. */
export type SurfaceName = StateName | LedgerName;

/** What the contract says of a field, references resolved. */
export interface FieldNode {
  /** object: declared keys. map: any keys, one kind of value. open: anything. union: branches told apart by `tag`. */
  readonly kind: 'scalar' | 'object' | 'map' | 'array' | 'open' | 'union';
  readonly description: string;
  readonly nullable: boolean;
  readonly type?: 'number' | 'integer' | 'string' | 'boolean' | 'mixed';
  /** The types of a mixed value. */
  readonly types?: readonly string[];
  /** The schema asks more of the value than is told here. */
  readonly unchecked?: true;
  readonly typeName?: string;
  readonly unit?: string;
  readonly since?: string;
  readonly whenNull?: string;
  readonly whenAbsent?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly range?: Readonly<Record<string, number>>;
  readonly metric?: {
    readonly name: string;
    /** A stateset is of an enumeration: one series per value. */
    readonly type: 'gauge' | 'counter' | 'stateset';
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly sensitivity?: string;
  readonly deprecated?: true;
  /** Pointer to the field that takes its place. */
  readonly replacedBy?: string;
  /** Day, YYYY-MM-DD, after which a deprecated field may go. */
  readonly removeAfter?: string;
  readonly required?: readonly string[];
  readonly fields?: Readonly<Record<string, FieldNode>>;
  readonly items?: FieldNode;
  readonly values?: FieldNode;
  readonly keys?: string;
  readonly tag?: string;
  readonly branches?: Readonly<Record<string, FieldNode>>;
}

/** How a shape is told from others: the root's JSON type, keys it has (all, or any), keys it lacks, keys with a fixed string. */
export interface Shape {
  readonly root: 'object' | 'array';
  readonly has: readonly string[];
  readonly hasAny: readonly string[];
  readonly lacks: readonly string[];
  readonly equals: Readonly<Record<string, string>>;
}

/** A legacy shape that readers still understand. */
export interface DialectEntry extends Shape {
  readonly name: string;
  readonly source: string;
}

/** An older major version that readers still understand. */
export interface MajorEntry {
  readonly major: number;
  /** MAJOR.MINOR.PATCH of its latest release. */
  readonly version: string;
  readonly schemaTag: string;
  /** Its documents may have a "schema" key. */
  readonly schemaTagged: boolean;
  readonly shape: Shape;
}

/** Where the age of a document is measured from. `*` in the pointer stands for every item; the newest counts. */
export interface AgeSource {
  readonly pointer: string;
  /** Seconds that the content was already old when the document was written. */
  readonly content?: string;
  /** Asked where the document holds no timestamp (an empty array), provided that its rows are the same. */
  readonly companion?: { readonly surface: StateName; readonly rows: string; readonly pointer: string };
}

/** A field that the writer computes from the first of `from` that the document holds. */
export interface DerivedField {
  readonly pointer: string;
  readonly rule: 'normalizePercentage';
  readonly from: readonly string[];
}

/** What the contract says of a surface. */
export interface SurfaceEntry {
  readonly name: SurfaceName;
  readonly kind: 'state' | 'ledger';
  /** Path below the logs directory, with forward slashes. */
  readonly file: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'stable' | 'experimental' | 'deprecated';
  readonly owner: string;
  readonly writer: string;
  readonly consumers: readonly string[];
  readonly cadence: string;
  readonly age: AgeSource;
  /** Seconds; null where silence is normal. */
  readonly staleAfterSeconds: number | null;
  readonly sensitivity: 'public' | 'internal' | 'confidential';
  readonly invariants: readonly { readonly id: string; readonly formula: string; readonly description: string }[];
  /** MAJOR.MINOR.PATCH of the canonical schema. */
  readonly version: string;
  /** `<surface>_v<major>`, which documents may carry as "schema". */
  readonly schemaTag: string;
  /** The canonical document has a "schema" key. */
  readonly schemaTagged: boolean;
  readonly shape: Shape;
  /** The older major versions, newest first. */
  readonly majors: readonly MajorEntry[];
  readonly dialects: readonly DialectEntry[];
  readonly derived: readonly DerivedField[];
  readonly root: FieldNode;
}

/** Every surface and ledger of the contract by name. */
export const registry = generated as unknown as Readonly<Record<SurfaceName, SurfaceEntry>>;

const byFile = new Map(Object.values(registry).map((entry) => [entry.file, entry]));

/** The surface whose file this is (a path below the logs directory), or null. */
export function surfaceOfFile(file: string): SurfaceEntry | null {
  return byFile.get(file) ?? null;
}

export function isStateName(name: string): name is StateName {
  return (stateNames as readonly string[]).includes(name);
}

export function isLedgerName(name: string): name is LedgerName {
  return (ledgerNames as readonly string[]).includes(name);
}
