import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import { segments } from '@hedge-telemetry/contract/writing';
import { fieldAt } from './field-at.js';
import { isPythonRepr } from './redact/detectors/python-repr.js';
import type { RedactionFinding } from './redact/index.js';

/** Names of fields that hold what somebody says, which may quote anything. */
const PROSE = /(?:^|_)(?:message|reason|error|warning|note|detail|description|comment|context|text)s?$/;

/**
 * An error for each declared field whose text is, as a whole, what Python prints of an object: `Decimal('1.5')`, `nan`.
 * In open parts and in sentences it is only reported, by the redaction.
 */
export function pythonValues(
  entry: SurfaceEntry,
  document: unknown,
  redactions: readonly RedactionFinding[],
): Finding[] {
  return redactions
    .filter(({ kind, pointer }) => kind === 'python-repr' && !isProse(pointer) && isDeclared(entry, document, pointer))
    .map(({ pointer }) =>
      finding('python-value', { pointer, expected: 'the value itself', actual: "a Python object's repr()" }),
    );
}

function isProse(pointer: string): boolean {
  const key = segments(pointer).findLast((each) => !/^\d+$/.test(each));
  return key !== undefined && PROSE.test(key);
}

function isDeclared(entry: SurfaceEntry, document: unknown, pointer: string): boolean {
  const { node, value } = fieldAt(entry, document, pointer) ?? {};
  return node?.kind === 'scalar' && typeof value === 'string' && isPythonRepr(value);
}
