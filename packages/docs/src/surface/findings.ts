import { rules } from '@hedge-telemetry/contract';
import type { FieldNode, RuleId, SurfaceEntry } from '@hedge-telemetry/contract';

import { fieldRows } from '../model/fields.js';
import type { FieldRow } from '../model/fields.js';
import type { SurfaceDocs } from '../source.js';
import { blocks, heading, link, prose, table } from '../text/markdown.js';

/** Findings that this surface can give, each with what to do. */
export function findingsRegion({ entry }: SurfaceDocs): string {
  return blocks(
    heading(2, 'Findings', 'findings'),
    'What a check, a reader, the writer or the mirror can find here, worst first.',
    table(
      ['rule', 'level', 'what it says', 'what to do'],
      possibleRules(entry).map((rule) => [
        link(rule, `../rules/${rule}.md`),
        rules[rule].level,
        prose(rules[rule].title),
        prose(rules[rule].fix),
      ]),
    ),
  );
}

const LEVELS = ['error', 'warning', 'info'];

/** The rules of the contract that documents or records of this surface can break, worst first. */
export function possibleRules(entry: SurfaceEntry): RuleId[] {
  const rows = fieldRows(entry);
  const found = [...fileRules(entry), ...valueRules(entry, rows), ...versionRules(entry), ...writerRules(entry, rows)];
  return found.toSorted((a, b) => LEVELS.indexOf(rules[a].level) - LEVELS.indexOf(rules[b].level));
}

function fileRules({ kind, staleAfterSeconds }: SurfaceEntry): RuleId[] {
  const lines: RuleId[] =
    kind === 'ledger'
      ? ['line-unterminated', 'line-too-long', 'line-glued', 'line-nul-filled', 'mirror-diverged']
      : ['file-too-large', 'mirror-kept-last-good', 'mirror-with-faults'];
  const age: RuleId[] = staleAfterSeconds === null ? [] : ['document-stale'];
  return [
    'file-missing',
    'file-unreadable',
    'json-encoding',
    'json-syntax',
    'json-depth',
    ...lines,
    ...age,
    'age-unknown',
    'timestamp-future',
  ];
}

function valueRules({ root }: SurfaceEntry, rows: readonly FieldRow[]): RuleId[] {
  const has = (test: (node: FieldNode) => boolean): boolean => rows.some(({ node }) => test(node));
  const bounds = (node: FieldNode): string => Object.keys(node.range ?? {}).join(' ');
  return [
    'unrecognised-shape',
    'type-mismatch',
    'unknown-field',
    'undeclared-field',
    ...given(
      rows.some(({ required }) => required),
      'required-missing',
    ),
    ...given(
      has(({ enum: values }) => values !== undefined),
      'unknown-enum-value',
    ),
    ...given(
      has((node) => node.const !== undefined),
      'const-mismatch',
    ),
    ...given(
      has((node) => /imum/i.test(bounds(node))),
      'out-of-range',
    ),
    ...given(
      has(({ pattern }) => pattern !== undefined),
      'pattern-mismatch',
    ),
    ...given(
      has((node) => /Length/.test(bounds(node))),
      'string-length',
    ),
    ...given(root.kind === 'union', 'unknown-tag'),
  ];
}

function versionRules({ schemaTagged, majors, dialects }: SurfaceEntry): RuleId[] {
  return [
    ...given(schemaTagged, 'version-unknown'),
    ...given(majors.length > 0, 'older-version'),
    ...given(
      dialects.length > 0,
      'legacy-dialect',
      'migration-unknown',
      'migration-recomputed',
      'migration-dropped',
      'migration-failed',
    ),
  ];
}

function writerRules({ derived, kind }: SurfaceEntry, rows: readonly FieldRow[]): RuleId[] {
  const isNumber = ({ node }: FieldRow): boolean => node.type === 'number' || node.type === 'integer';
  return [
    ...given(rows.some(isNumber), 'non-finite-number', 'unsafe-integer'),
    ...given(derived.length > 0, 'derived-recomputed', 'percent-ambiguous', 'percent-clamped', 'percent-contradiction'),
    'value-converted',
    'unsupported-value',
    'secret-redacted',
    'value-cut',
    'python-repr',
    'python-value',
    'refused-late',
    ...given(kind === 'ledger', 'queue-full', 'record-spilled', 'ledger-locked', 'ledger-shared', 'ledger-truncated'),
    'write-failed',
  ];
}

function given(condition: boolean, ...ids: RuleId[]): RuleId[] {
  return condition ? ids : [];
}
