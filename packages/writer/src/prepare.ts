import {
  deriveFields,
  finding,
  hasErrors,
  MAX_DOCUMENT_BYTES,
  MAX_LINE_BYTES,
  normalise,
  placed,
  validateWriterView,
} from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import { exotic } from './exotic.js';
import { fitted } from './fitted.js';
import { lineOf } from './line.js';
import { pythonValues } from './python-values.js';
import type { Redacted, Redaction, RedactionFinding } from './redact/index.js';
import { redactionFinding } from './redaction-finding.js';
import { stamped } from './stamp.js';

/** A document ready to be written, or why it was refused. */
export interface Prepared {
  /** JSON on one line, with its newline; null where the document was refused. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
}

const MAX_BYTES_PER_UNIT = 3;

/**
 * Makes the text of a document or record: plain data, derived fields, schema tag and time, secrets taken out, then the
 * writer view. Whatever the caller gave is read once, here; nothing that it does when read can make this throw.
 */
export function prepare(entry: SurfaceEntry, input: unknown, now: () => number, redaction: Redaction): Prepared {
  let nonFinite = 0;
  try {
    const conversions: RedactionFinding[] = [];
    const plain = normalise(input, entry.root, exotic(redaction, conversions));
    nonFinite = plain.nonFinite;
    const derived = deriveFields(entry, plain.value);
    const { value: redacted, findings: redactions } = withoutSecrets(stamped(entry, derived.document, now), redaction);
    const value = fitted(entry, redacted, [...conversions, ...redactions]);
    const said = [
      ...plain.findings,
      ...derived.findings,
      ...[...conversions, ...redactions].map(redactionFinding),
      ...pythonValues(entry, value, redactions),
      ...validateWriterView(entry.name, value),
    ];
    const findings = placed(said, { surface: entry.name });
    if (hasErrors(findings)) return { text: null, findings, nonFinite };
    const text = lineOf(entry, value);
    const tooLong = overLimit(entry, text);
    return tooLong === null
      ? { text, findings, nonFinite }
      : { text: null, findings: [...findings, tooLong], nonFinite };
  } catch {
    return { text: null, findings: [unusable(entry)], nonFinite };
  }
}

/** What the screen lets pass needs no redaction; what it stops is judged in full. */
function withoutSecrets(value: unknown, { screen, redact }: Redaction): Redacted {
  return screen.document(value) ? { value, findings: [] } : redact(value);
}

/** What no reader would accept is not written. */
function overLimit(entry: SurfaceEntry, text: string): Finding | null {
  const limit = entry.kind === 'ledger' ? MAX_LINE_BYTES : MAX_DOCUMENT_BYTES;
  if (text.length * MAX_BYTES_PER_UNIT <= limit) return null;
  const size = Buffer.byteLength(text);
  if (size <= limit) return null;
  return finding(entry.kind === 'ledger' ? 'line-too-long' : 'file-too-large', {
    surface: entry.name,
    expected: `at most ${limit} bytes`,
    actual: `${size} bytes`,
  });
}

function unusable(entry: SurfaceEntry): Finding {
  return finding('invalid-value', {
    surface: entry.name,
    pointer: '',
    message: 'the document cannot be read as plain data',
    expected: 'plain data',
    actual: 'a value that throws when it is read',
    fix: 'Give plain objects and arrays, without proxies or getters that throw.',
  });
}
