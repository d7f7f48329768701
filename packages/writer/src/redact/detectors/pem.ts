import type { Span } from '../span.js';

const BEGIN = '-----BEGIN ';
const HEADER = /^-----BEGIN (?:[A-Za-z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const PUTTY = 'Private-Lines:';
const BODY = /[A-Za-z0-9+/=\s:,\\]/;

/** Finds the body of each private key in PEM or PuTTY form, whole or torn, with real or escaped line ends. */
export function detectPrivateKeys(text: string, spans: Span[]): void {
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
    const header = HEADER.exec(text.slice(at, at + 80));
    if (header !== null) at = body(text, at + header[0].length, spans);
  }
  for (let at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + 1))
    at = body(text, at + PUTTY.length, spans);
}

/** Takes the characters of a key's body from `start` on; gives the index after them. */
function body(text: string, start: number, spans: Span[]): number {
  let end = start;
  while (end < text.length && BODY.test(text.charAt(end))) end += 1;
  let first = start;
  while (first < end && /[\s\\]/.test(text.charAt(first))) first += text.charAt(first) === '\\' ? 2 : 1;
  if (first < end) spans.push({ start: first, end, kind: 'private-key' });
  return Math.max(end - 1, start);
}
