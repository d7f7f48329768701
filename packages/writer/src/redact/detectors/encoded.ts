import type { Span } from '../span.js';
import { detectAssignments } from './assignments.js';
import { detectFormats } from './formats.js';
import { detectMnemonics } from './mnemonic.js';
import { detectPrivateKeys } from './pem.js';
import { isExchangeKey } from './shape.js';
import { detectUrlPasswords } from './urls.js';

const RUN = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{24,8192}|[A-Za-z0-9_-]{24,8192})={0,2}(?![A-Za-z0-9+/_=-])/g;
const SHORTEST = 24;
const SHORTEST_TEXT = 16;
const LONGEST = 8192;
const PRINTABLE = /^[\x20-\x7e\r\n\t]+$/;

/** Finds base64 that holds readable text with a secret in it. Images, hashes and numbers decode to no text and pass. */
export function detectEncoded(text: string, spans: Span[]): void {
  if (text.length < SHORTEST) return;
  for (const match of text.matchAll(RUN)) {
    const decoded = decodedText(match[0]);
    if (decoded !== undefined && holdsSecret(decoded))
      spans.push({ start: match.index, end: match.index + match[0].length, kind: 'encoded-secret' });
  }
}

/** What a token stands for as base64, where that is readable text. */
export function decodedText(token: string): string | undefined {
  if (token.length < SHORTEST_TEXT || token.length > LONGEST) return undefined;
  const decoded = Buffer.from(token, 'base64').toString('latin1');
  return PRINTABLE.test(decoded) ? decoded : undefined;
}

function holdsSecret(text: string): boolean {
  if (isExchangeKey(text.trim())) return true;
  const found: Span[] = [];
  detectFormats(text, found);
  detectPrivateKeys(text, found);
  detectAssignments(text, found);
  detectUrlPasswords(text, found);
  detectMnemonics(text, found);
  return found.length > 0;
}
