import { finding, parseJson } from '@hedge-telemetry/contract';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';
import { createRedactor } from '@hedge-telemetry/writer/redact';
import type { Redacted, RedactionFinding, RedactorOptions } from '@hedge-telemetry/writer/redact';
import { hasRepeatedKeys, withStrings } from './json-text.js';

/** What may leave the host in place of some bytes. */
export interface Egress {
  /** sent: as they are. redacted: with markers in place of what matched. withheld: nothing. */
  readonly verdict: 'sent' | 'redacted' | 'withheld';
  readonly bytes: Uint8Array;
  /** What is no JSON; null where it is. */
  readonly malformed: Finding | null;
  /** Kinds and pointers of what matched; nothing of the values. */
  readonly findings: readonly Finding[];
}

/** Scans bytes for secrets before they leave the host. */
export type EgressScan = (surface: SurfaceName, bytes: Uint8Array) => Egress;

/** Nothing of a record may go unscanned: what is beyond these limits is withheld. */
const LIMITS = { string: 64 * 1024 * 1024, key: 64 * 1024, depth: 64, nodes: 20_000_000, size: 256 * 1024 * 1024 };
/** What the redactor says of the form of a value, and which is no secret. */
const FORMS: ReadonlySet<RedactionFinding['kind']> = new Set<RedactionFinding['kind']>([
  'accessor',
  'bigint',
  'converted',
  'date',
  'lone-surrogate',
  'non-finite',
  'not-data',
  'proto-key',
  'python-repr',
]);
const NOTHING = new Uint8Array(0);

/**
 * Makes the scan. A record in which a secret is found leaves with a marker in place of each string that held one and is
 * otherwise the same bytes; where that is not possible (a key, a text that is no JSON) it does not leave at all.
 */
export function createEgressScan(options: Pick<RedactorOptions, 'env' | 'values'> = {}): EgressScan {
  const redact = createRedactor({ ...options, limits: LIMITS });

  return (surface, bytes) => {
    const parsed = parseJson(bytes);
    if (!parsed.ok) {
      const found = secretsIn(redact(textOf(bytes)));
      const malformed = { ...parsed.finding, surface };
      return found.length === 0
        ? { verdict: 'sent', bytes, malformed, findings: [] }
        : withheld(surface, found, malformed);
    }
    const text = textOf(bytes);
    const redacted = redact(parsed.value);
    const found = secretsIn(redacted);
    const hidden = hasRepeatedKeys(text, parsed.value) ? secretsIn(redact(text)) : [];
    if (hidden.length > 0) return withheld(surface, hidden, null);
    if (found.length === 0) return { verdict: 'sent', bytes, malformed: null, findings: [] };
    const patched = withStrings(text, redacted.value, pointersOf(found));
    return patched !== null && isClean(patched)
      ? {
          verdict: 'redacted',
          bytes: Buffer.from(patched),
          malformed: null,
          findings: findingsOf(surface, found, 'redacted'),
        }
      : withheld(surface, found, null);
  };

  function isClean(text: string): boolean {
    const parsed = parseJson(text);
    return parsed.ok && secretsIn(redact(parsed.value)).length === 0;
  }
}

function secretsIn({ findings }: Redacted): RedactionFinding[] {
  return findings.filter(({ kind }) => !FORMS.has(kind));
}

function pointersOf(found: readonly RedactionFinding[]): string[] {
  return [...new Set(found.map(({ pointer }) => pointer))];
}

function withheld(surface: SurfaceName, found: readonly RedactionFinding[], malformed: Finding | null): Egress {
  return { verdict: 'withheld', bytes: NOTHING, malformed, findings: findingsOf(surface, found, 'withheld') };
}

function findingsOf(
  surface: SurfaceName,
  found: readonly RedactionFinding[],
  verdict: 'redacted' | 'withheld',
): Finding[] {
  return found.map(({ kind, pointer, count }) =>
    finding('remote-secret', {
      surface,
      pointer,
      expected: 'no secrets',
      actual: count === 1 ? kind : `${kind}, ${count} times`,
      message: `A secret was found before the record left this host; the record was ${verdict}.`,
    }),
  );
}

/** Bytes that are no UTF-8 show as U+FFFD, which no secret holds. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
