import type { Span } from '../span.js';
import { decodedText } from './encoded.js';
import { isExchangeKey, isOpaque, isRatherMixed, shapeOf } from './shape.js';

const BEFORE = 64;
const AFTER = 40;

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const CREDENTIAL = set(
  'credential credentials creds secret secrets key keys apikey token tokens passphrase password passwd pwd bearer signature ' +
    'mnemonic auth authorization apisecret login basic sign sig pk wif',
);
/** Beside these an UUID is a credential too, and letters that are less at random. */
const SURE = set('credential credentials creds secret secrets passphrase password passwd pwd apikey apisecret');
const OTHERWISE = set(
  'id ids order orders tx txid txn hash hashes sha sha1 sha256 sha512 md5 commit block blocks symbol address addresses digest ' +
    'checksum public idempotency fingerprint version build trace span run uuid deposit withdrawal transaction config deployed git ' +
    'cursor etag revision snapshot request client trade fill cert certificate integrity image merkle root contract contracts cache ' +
    'sort partition dedupe dedup primary bucket',
);

/**
 * Finds tokens that only their surroundings give away: `invalid credential <token>`, `key b64 <token>`. The nearest
 * telling word decides, so `order id <token>` and `tx <token>` pass. 64 random letters and digits need no word, except
 * under a name that announces an identifier.
 */
export function detectNeighbours(text: string, identifier: boolean, spans: Span[]): void {
  for (let at = 0; at < text.length; at += 1) {
    if (!isTokenPart(text.charCodeAt(at))) continue;
    const start = at;
    while (at < text.length && isTokenPart(text.charCodeAt(at))) at += 1;
    if (at - start >= 16) run(text, start, at, identifier, spans);
  }
}

/** Letters, digits, `+`, `/`, `_`, `-`. */
export function isTokenPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 47 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 43
  );
}

function run(text: string, start: number, end: number, identifier: boolean, spans: Span[]): void {
  const padding = /^={1,2}(?![A-Za-z0-9=])/.exec(text.slice(end, end + 4))?.[0].length ?? 0;
  const whole = text.slice(start, end + padding);
  if (!whole.includes('/') || shapeOf(whole).form === 'base64') return token(text, start, whole, identifier, spans);
  const binary = padding > 0 || whole.includes('+');
  let from = start;
  for (const part of text.slice(start, end).split('/')) {
    if (part.length >= 16) token(text, from, part, identifier || binary, spans);
    from += part.length + 1;
  }
}

function token(text: string, start: number, value: string, identifier: boolean, spans: Span[]): void {
  const end = start + value.length;
  if (!identifier && isExchangeKey(value) && decodedText(value) === undefined)
    spans.push({ start, end, kind: 'exchange-key' });
  else if (isOpaque(value) || isOpaqueBeside(value) || decodedText(value) !== undefined) {
    const word = tellingWord(text, start, end);
    if (word === undefined || !CREDENTIAL.has(word)) return;
    if (SURE.has(word) || !isOpaqueBeside(value) || isOpaque(value)) spans.push({ start, end, kind: 'opaque-token' });
  }
}

/** What only beside the surest of words is a credential. */
function isOpaqueBeside(value: string): boolean {
  return shapeOf(value).form === 'uuid' || isRatherMixed(value);
}

/** The nearest of the four words before the token, or of what is said of it after, that tells what it is. */
function tellingWord(text: string, start: number, end: number): string | undefined {
  const before = words(text.slice(Math.max(0, start - BEFORE), start))
    .slice(-4)
    .toReversed();
  const found = before.find((word) => CREDENTIAL.has(word) || OTHERWISE.has(word));
  if (found !== undefined) return found;
  const after = /^["']?[:,]? (?:is|was|as|rejected|not|invalid)\b[^.;\n]{0,32}/.exec(text.slice(end, end + AFTER));
  return after === null ? undefined : words(after[0]).find((word) => CREDENTIAL.has(word) || OTHERWISE.has(word));
}

function words(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
