import type { Finding, LedgerName, StateName } from '@hedge-telemetry/contract';

/** Something that both packages are asked, with all that the answer depends on. */
export type Case = DocumentCase | WriteCase | ParseCase | ReadCase;

interface Named {
  /** What the case is about; unique in its group. */
  readonly id: string;
}

/** A document written, validated in both views, and read. */
export interface DocumentCase extends Named {
  readonly do: 'document';
  readonly surface: StateName | LedgerName;
  readonly text: string;
  readonly now: number;
}

/** What would be written of a document that a caller gives. */
export interface WriteCase extends Named {
  readonly do: 'write';
  readonly surface: StateName | LedgerName;
  /** JSON; an object with a `$` key stands for what JSON has no form for, see `given`. */
  readonly text: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** Environment whose sensitive values are secrets. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a line of a ledger is read as. */
export interface ParseCase extends Named {
  readonly do: 'parse';
  readonly surface: LedgerName;
  /** Base64. */
  readonly bytes: string;
}

/** What a reader says of a surface, given the bytes of its file and of others. */
export interface ReadCase extends Named {
  readonly do: 'read';
  readonly surface: StateName;
  /** Surface to base64. */
  readonly files: Readonly<Record<string, string>>;
  readonly now: number;
}

/** An answer. Findings of reading name no file, since each package reads in a directory of its own. */
export interface Outcome {
  readonly write?: Answer;
  readonly writer?: readonly Finding[];
  readonly reader?: readonly Finding[];
  readonly read?: Answer;
}

/** What is said of a document that is written or read. */
export interface Answer extends Readonly<Record<string, unknown>> {
  readonly findings: readonly Finding[];
  readonly readings?: unknown;
}

const SIGNS = ['$number', '$integer', '$instant', '$bytes', '$set'];

/** The document that the text of a case stands for. */
export function given(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !SIGNS.some((sign) => Object.hasOwn(value, sign))) return value;
    const said = value as Record<string, unknown>;
    if (typeof said['$number'] === 'string') return Number(said['$number']);
    if (typeof said['$integer'] === 'string') return BigInt(said['$integer']);
    if (typeof said['$instant'] === 'number') return new Date(said['$instant']);
    if (typeof said['$bytes'] === 'string') return Buffer.from(said['$bytes']);
    return new Set(said['$set'] as unknown[]);
  });
}

/** An outcome that was written as JSON. Python has one None for a raw value that is null and for none. */
export function outcomeIn(text: string): Outcome {
  return JSON.parse(text, (key, value: unknown) => (key === 'raw' && value === null ? undefined : value)) as Outcome;
}
