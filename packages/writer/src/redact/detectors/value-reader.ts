import { isOpaque } from './shape.js';

const LONGEST_GAP = 8;
const LONG_TAIL = 16;
const SHORTEST_LINE = 24;
const SCHEME = /^(?:bearer|basic|token|digest|apikey|bot|negotiate|hmac)[ +]{1,4}(?=\S)/i;
const NEXT_PAIR = /^[,;](?:\s|$|["']?[\w.-]{1,40}["']?\s?[=:])/;
/** In a query `&` ends a value; in a password that stands alone it does not. */
const NEXT_PARAMETER = /^&(?:[\w.[\]%;-]{1,64}=|&|\s|$)/;
const BARE = 0;
const BACKSLASH = 92;

/** A value that a text gives to a name: where it stands, and whether it is in quotes. */
export interface TextValue {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/**
 * Reads the values that stand behind separators in a text. Where a value ends is remembered, so that reading behind
 * every separator of a long run looks at each character once.
 */
export function valueReader(text: string): (from: number) => TextValue | undefined {
  const stops = new Map<number, number>();
  const stopFrom = (start: number, quote: number): number => {
    const known = stops.get(quote) ?? -1;
    if (known >= start) return known;
    const stop = quote === BARE ? bareStop(text, start) : quoteStop(text, start, quote);
    stops.set(quote, stop);
    return stop;
  };
  return (from) => {
    let start = from;
    for (let gap = 0; gap < LONGEST_GAP && isLead(text.charCodeAt(start)); gap += 1) start += 1;
    if (text.startsWith('//', start)) return undefined;
    if (/^b\\?["']/.test(text.slice(start, start + 3))) start += 1;
    let quote = BARE;
    for (let gap = 0; gap < LONGEST_GAP && isQuoteOrSlash(text.charCodeAt(start)); gap += 1) {
      if (text.charCodeAt(start) !== BACKSLASH) quote = text.charCodeAt(start);
      start += 1;
    }
    start += SCHEME.exec(text.slice(start, start + 16))?.[0].length ?? 0;
    const end = trimmed(text, start, stopFrom(start, quote), quote);
    return end > start
      ? { start, end: quote === BARE ? wrapped(text, start, end) : end, quoted: quote !== BARE }
      : undefined;
  };
}

/** Space, tab, `=`, `>`, `[`, `(`. */
function isLead(code: number): boolean {
  return code === 32 || code === 9 || code === 61 || code === 62 || code === 91 || code === 40;
}

/** `"`, `'`, backslash, backtick. */
function isQuoteOrSlash(code: number): boolean {
  return code === 34 || code === 39 || code === BACKSLASH || code === 96;
}

function quoteStop(text: string, start: number, quote: number): number {
  const stop = text.indexOf(String.fromCharCode(quote), start);
  return stop < 0 ? text.length : stop;
}

/** A bare value ends at white space, a quote, `&` before another parameter, `<`, `>`, or at a comma or semicolon before another pair. */
function bareStop(text: string, start: number): number {
  let end = start;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code === 34 || code === 39 || code === 96 || code === 60 || code === 62) break;
    if (code === 38 && NEXT_PARAMETER.test(text.slice(end, end + 72))) break;
    if ((code === 44 || code === 59) && NEXT_PAIR.test(text.slice(end, end + 48))) break;
  }
  return end;
}

/** Without the backslashes that escape a closing quote, and without brackets and commas after a bare value. */
function trimmed(text: string, start: number, stop: number, quote: number): number {
  const tail = quote === BARE ? ',;)]}\\' : '\\';
  let end = stop;
  while (end > start && tail.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

/** A token that is wrapped goes on in the next line: with more than 15 characters, or with what is left of it alone on the line. */
function wrapped(text: string, start: number, end: number): number {
  if (!/^\r?\n/.test(text.slice(end, end + 2)) || !isHalfToken(text.slice(start, end))) return end;
  const rest = /^\r?\n([A-Za-z0-9+/_.-]{2,4096}={0,2})(?![^\s"'])/.exec(text.slice(end, end + 4100));
  const tail = rest?.[1] ?? '';
  const whole = tail.length >= LONG_TAIL || /\d|[a-z][A-Z]|^[0-9a-f]+$/.test(tail);
  return rest === null || !whole ? end : end + rest[0].length;
}

/** True for what may be the first line of a token. */
function isHalfToken(text: string): boolean {
  return (
    isOpaque(text) ||
    (text.length >= SHORTEST_LINE && /^[\w.:+/-]+$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text))
  );
}
