import type { Span } from '../span.js';
import { detectAssignments } from './assignments.js';
import { detectFormats } from './formats.js';
import { detectPrivateKeys } from './pem.js';
import { isExchangeKey } from './shape.js';

const RUN = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{24,8192}|[A-Za-z0-9_-]{24,8192})={0,2}(?![A-Za-z0-9+/_=-])/g;
const SHORTEST = 24;
const PRINTABLE = /^[\x20-\x7e\r\n\t]+$/;

/** Finds base64 that holds readable text with a secret in it. Images, hashes and numbers decode to no text and pass. */
export function detectEncoded(text: string, spans: Span[]): void {
  if (text.length < SHORTEST) return;
  for (const match of text.matchAll(RUN)) {
    const decoded = Buffer.from(match[0], 'base64').toString('latin1');
    if (PRINTABLE.test(decoded) && holdsSecret(decoded))
      spans.push({ start: match.index, end: match.index + match[0].length, kind: 'encoded-secret' });
  }
}

function holdsSecret(text: string): boolean {
  if (isExchangeKey(text.trim())) return true;
  const found: Span[] = [];
  detectFormats(text, found);
  detectPrivateKeys(text, found);
  detectAssignments(text, found);
  return found.length > 0;
}
