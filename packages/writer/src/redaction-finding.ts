import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding, RuleId } from '@hedge-telemetry/contract';
import type { RedactionFinding, ShapeKind } from './redact/index.js';

/** Findings of form, which are about no secret. */
const SHAPES: Readonly<Record<ShapeKind, RuleId>> = {
  accessor: 'value-converted',
  bigint: 'value-converted',
  binary: 'value-converted',
  converted: 'value-converted',
  'cut-depth': 'value-cut',
  'cut-key': 'value-cut',
  'cut-nodes': 'value-cut',
  'cut-size': 'value-cut',
  'cut-string': 'value-cut',
  cycle: 'unsupported-value',
  date: 'value-converted',
  error: 'value-converted',
  'lone-surrogate': 'value-converted',
  'non-finite': 'non-finite-number',
  'not-data': 'unsupported-value',
  'proto-key': 'value-converted',
  'python-repr': 'python-repr',
  unreadable: 'unsupported-value',
};

/** What the redaction found, as a finding of the contract. Nothing of the value is in it. */
export function redactionFinding({ kind, pointer, count }: RedactionFinding): Finding {
  const rule = isShape(kind) ? SHAPES[kind] : 'secret-redacted';
  const expected = rule === 'secret-redacted' ? 'no secrets' : 'plain data';
  return finding(rule, { pointer, expected, actual: count === 1 ? kind : `${kind}, ${count} times` });
}

function isShape(kind: RedactionFinding['kind']): kind is ShapeKind {
  return Object.hasOwn(SHAPES, kind);
}
