import { finding, hasErrors, placed, validateWriterView } from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import { createDecoder, putByte, putBytes, putJson } from '@hedge-telemetry/contract/encoding';
import type { Sink } from '@hedge-telemetry/contract/encoding';
import { fitted } from '../fitted.js';
import { ENCODED } from '../hand-off/form.js';
import { lineOf } from '../line.js';
import { pythonValues } from '../python-values.js';
import type { Redaction } from '../redact/index.js';
import { redactionFinding } from '../redaction-finding.js';

/** A document as it was handed over. */
export interface Handed {
  readonly form: number;
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly at: number;
  readonly end: number;
}

/** Turns what was handed over into lines of JSON without secrets. */
export interface Reviewer {
  /**
   * Puts the line of a document behind what the sink holds. False where the document is not valid any more, since a
   * secret was taken out of a field that takes no other text; then nothing was put, and a finding says so.
   */
  put(handed: Handed, sink: Sink): boolean;
}

const NEWLINE = 0x0a;

/**
 * Makes the reviewer of a surface. Most documents are judged value by value while they are decoded; where one may hold
 * a secret the redactor looks at all of it.
 */
export function createReviewer(
  entry: SurfaceEntry,
  { screen, redact }: Redaction,
  say: (findings: readonly Finding[]) => void,
): Reviewer {
  const decode = createDecoder(entry, screen);

  /** Whatever one document does to the redaction must not stop those behind it. */
  function put(handed: Handed, sink: Sink): boolean {
    const start = sink.at;
    try {
      return attempt(handed, sink);
    } catch {
      sink.at = start;
      say([finding('refused-late', { surface: entry.name, expected: 'a document that can be searched for secrets' })]);
      return false;
    }
  }

  function attempt(handed: Handed, sink: Sink): boolean {
    const start = sink.at;
    if (handed.form !== ENCODED) {
      putBytes(sink, handed.bytes, handed.at, handed.end);
      return true;
    }
    if (decode({ bytes: handed.bytes, view: handed.view, at: handed.at }, sink)) {
      putByte(sink, NEWLINE);
      return true;
    }
    const text = reviewed(sink.bytes.toString('utf8', start, sink.at));
    sink.at = start;
    if (text !== null) putJson(sink, text);
    return text !== null;
  }

  function reviewed(json: string): string | null {
    const { value: redacted, findings: redactions } = redact(JSON.parse(json));
    if (redactions.length === 0) return lineOf(entry, redacted);
    const value = fitted(entry, redacted, redactions);
    const said = [
      ...redactions.map(redactionFinding),
      ...pythonValues(entry, value, redactions),
      ...validateWriterView(entry.name, value),
    ];
    const findings = placed(said, { surface: entry.name });
    const refused = hasErrors(findings);
    say(refused ? [...findings, finding('refused-late', { surface: entry.name })] : findings);
    return refused ? null : lineOf(entry, value);
  }

  return { put };
}
