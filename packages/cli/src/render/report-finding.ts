import type { Level } from '@hedge-telemetry/contract';
import { plainJson } from './plain-json.js';

/** What a rendering needs of a finding; the findings of every package of the contract are of this form. */
export interface ReportFinding {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly surface: string | null;
  /** Path as the caller gave it. */
  readonly file: string | null;
  /** Counted from 1. */
  readonly line: number | null;
  readonly pointer: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly fix: string;
  /** Counted from 1, in UTF-16 code units. */
  readonly column?: number | null;
  /** Last line of what the finding is about. */
  readonly endLine?: number | null;
  /** Stays the same as long as the finding is the same. */
  readonly fingerprint?: string | null;
  /** A document that shows it: any JSON. */
  readonly witness?: unknown;
}

/** What is said of rules, by id. A rule that is not among them stands with its id alone. */
export type ReportRules = Readonly<Record<string, { readonly title: string; readonly fix: string }>>;

/** The findings by place, then rule, then message: the same findings always stand in the same order. */
export function inOrder(findings: readonly ReportFinding[]): ReportFinding[] {
  return findings.toSorted((one, other) => {
    const [left, right] = [keyOf(one), keyOf(other)];
    for (const [index, part] of left.entries()) {
      const order = compare(part, right[index] ?? '');
      if (order !== 0) return order;
    }
    return compare(plainJson(one), plainJson(other));
  });
}

function keyOf(each: ReportFinding): (string | number)[] {
  const { file, line, column, pointer, surface, rule, message, fingerprint } = each;
  return [file ?? '', line ?? 0, column ?? 0, surface ?? '', pointer ?? '', rule, message, fingerprint ?? ''];
}

function compare(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
