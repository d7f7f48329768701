/** A text as a reader would decode it, and where each of its characters stands in the original. */
export interface View {
  readonly text: string;
  /** Offsets into the original, one more than the text has characters; null where both are the same. */
  readonly offsets: Uint32Array | null;
}

const PERCENT = /%[0-9A-Fa-f]{2}/;
const ESCAPE = /\\[\\/"'nrtbfaux0]/;
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['0', '\0'],
  ['"', '"'],
  ["'", "'"],
  ['/', '/'],
  ['\\', '\\'],
]);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text itself, with backslash escapes resolved once and twice, each of these percent-decoded, and percent-decoded
 * twice or before its escapes are resolved; only those that differ.
 */
export function viewsOf(text: string): readonly View[] {
  const whole: View = { text, offsets: null };
  const once = unescaped(whole);
  const twice = once === whole ? whole : unescaped(once);
  if (!text.includes('%')) return [...new Set([whole, once, twice])];
  const plain = percentDecoded(whole);
  const further = [percentDecoded(once), percentDecoded(twice), percentDecoded(plain), unescaped(plain)];
  return [...new Set([whole, once, twice, plain, ...further])];
}

/** The place in the original of a place in the view. */
export function original({ offsets }: View, index: number): number {
  return offsets === null ? index : (offsets[index] ?? 0);
}

function percentDecoded(view: View): View {
  if (!PERCENT.test(view.text)) return view;
  return decoded(view, '%', (text, at) => {
    const ascii = hexDigit(text.charCodeAt(at + 1)) * 16 + hexDigit(text.charCodeAt(at + 2));
    if (ascii < 128) return { text: String.fromCharCode(ascii), length: 3 };
    const run = /^(?:%[0-9A-Fa-f]{2}){1,4}/.exec(text.slice(at, at + 12));
    if (run === null) return undefined;
    const bytes = Buffer.from(run[0].replaceAll('%', ''), 'hex');
    const length = sequenceLength(bytes[0] ?? 0);
    const utf = length > bytes.length ? undefined : utf8(bytes.subarray(0, length));
    return utf === undefined
      ? { text: String.fromCharCode(bytes[0] ?? 0), length: 3 }
      : { text: utf, length: length * 3 };
  });
}

function unescaped(view: View): View {
  if (!ESCAPE.test(view.text)) return view;
  return decoded(view, '\\', (text, at) => {
    const simple = SIMPLE.get(text.charAt(at + 1));
    if (simple !== undefined) return { text: simple, length: 2 };
    const hex = /^\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))/.exec(text.slice(at, at + 6));
    if (hex === null) return undefined;
    return { text: String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16)), length: hex[0].length };
  });
}

/** Copies a text, letting `decode` replace what begins with `sign`. */
function decoded(
  view: View,
  sign: string,
  decode: (text: string, at: number) => { readonly text: string; readonly length: number } | undefined,
): View {
  const { text } = view;
  const offsets = new Uint32Array(text.length + 1);
  let result = '';
  let length = 0;
  for (let at = 0; at < text.length;) {
    const found = text.indexOf(sign, at);
    const plain = found < 0 ? text.length : found;
    for (let from = at; from < plain; from += 1) offsets[length + from - at] = original(view, from);
    const part = plain === text.length ? { text: '', length: 0 } : (decode(text, plain) ?? { text: sign, length: 1 });
    length += plain - at;
    for (let unit = 0; unit < part.text.length; unit += 1) offsets[length + unit] = original(view, plain);
    result += text.slice(at, plain) + part.text;
    length += part.text.length;
    at = plain + part.length;
  }
  offsets[length] = original(view, text.length);
  return { text: result, offsets };
}

/** The value of a hex digit; NaN for any other character. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = (code | 32) - 87;
  return letter >= 10 && letter <= 15 ? letter : Number.NaN;
}

/** How many bytes a UTF-8 sequence has, by its first. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
