const LONGEST = 4096;
/** Lengths in which keys are given in hex; 40 is left to commits, 128 to SHA-512. */
const HEX_KEYS: ReadonlySet<number> = new Set([32, 48, 64, 96]);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What a run of token characters looks like. */
export interface Shape {
  /** `hex` and `HEX` are of one case; `mixed` is random over letters and digits, `base64` also over `+/=`, `single` over digits and letters of one case. */
  readonly form: 'uuid' | 'hex' | 'HEX' | '0xhex' | 'mixed' | 'base64' | 'single' | 'other';
  readonly length: number;
}

const OTHER: Shape = { form: 'other', length: 0 };

/** Judges a token of `[A-Za-z0-9+/=_-]`; anything else in it makes it `other`. */
export function shapeOf(token: string): Shape {
  const length = token.length;
  if (length < 16 || length > LONGEST || !/^[A-Za-z0-9+/=_-]+$/.test(token)) return OTHER;
  if (length === 36 && UUID.test(token)) return { form: 'uuid', length };
  if (/^\d+$/.test(token)) return OTHER;
  if (/^[0-9a-f]+$/.test(token)) return { form: 'hex', length };
  if (/^[0-9A-F]+$/.test(token)) return { form: 'HEX', length };
  if (/^0x[0-9a-fA-F]+$/.test(token)) return { form: '0xhex', length: length - 2 };
  if (/[+/=]/.test(token)) return isBase64(token) ? { form: 'base64', length } : OTHER;
  const longest = token.split(/[_-]+/).reduce((best, part) => (part.length > best.length ? part : best), '');
  if (longest.length < 16 && !isUrlSafe(token)) return OTHER;
  if (isMixed(token)) return { form: 'mixed', length };
  return /^(?:[a-z0-9]+|[A-Z0-9]+)$/.test(token) && changes(token) >= length * 0.2 ? { form: 'single', length } : OTHER;
}

/** True for letters and digits as a generator of keys gives them: both cases, and the classes change as often as by chance. */
export function isMixed(token: string): boolean {
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token)) return false;
  const changing = changes(token);
  if (token.length >= 20 && changing >= token.length * 0.42) return true;
  const digits = token.replace(/\D+/g, '').length;
  return digits > 0 && digits >= token.length * 0.035 && changing >= token.length * 0.35;
}

/** True for letters of both cases that change as a name of several words hardly does. */
export function isRatherMixed(token: string): boolean {
  return (
    /^[A-Za-z0-9]{16,128}$/.test(token) &&
    /[a-z]/.test(token) &&
    /[A-Z]/.test(token) &&
    changes(token) >= token.length * 0.33
  );
}

function isBase64(token: string): boolean {
  const body = token.replace(/={1,2}$/, '');
  if (body.includes('=') || body.length < 20 || (token.startsWith('/') && !/[+=]/.test(token))) return false;
  if (token.length % 4 !== 0 && body.length % 4 !== 0) return false;
  return isMixed(body);
}

function isUrlSafe(token: string): boolean {
  return token.length >= 24 && !token.includes('--') && token.split(/[_-]/).length <= 1 + token.length / 10;
}

/** How often the class of character (lower, upper, digit, other) changes along a token. */
function changes(token: string): number {
  let count = 0;
  let last = 0;
  for (let index = 0; index < token.length; index += 1) {
    const code = token.charCodeAt(index);
    const now = code >= 97 ? 1 : code >= 65 && code <= 90 ? 2 : code >= 48 && code <= 57 ? 3 : 4;
    if (now !== last) count += 1;
    last = now;
  }
  return count;
}

/** What is taken for a credential where a name or a neighbouring word says that one stands there. */
export function isOpaque(token: string): boolean {
  const { form, length } = shapeOf(token);
  if (form === 'mixed' || form === 'base64') return true;
  if (form === 'hex' || form === 'HEX') return length >= 32;
  if (form === '0xhex') return length >= 64;
  return form === 'single' && length >= 20;
}

/** What is taken for a credential among the arguments of a call, with no name of its own. */
export function isUnnamedOpaque(token: string): boolean {
  const { form, length } = shapeOf(token);
  if (form === 'base64') return true;
  if (form === 'mixed') return !isPrefixed(token);
  if (form === 'single') return length >= 32;
  if (form === 'HEX' || form === 'hex') return HEX_KEYS.has(length);
  return form === '0xhex' && length === 64;
}

/** An id of one case behind the letters that say what it is of: `DEC_a78d7fb4a796499b`. */
function isPrefixed(token: string): boolean {
  return /^[A-Za-z]{2,8}[_-](?:[a-z0-9]+|[A-Z0-9]+)$/.test(token);
}

/** 64 letters and digits at random, the form of Binance's keys, secrets and listen keys. */
export function isExchangeKey(token: string): boolean {
  return token.length === 64 && /^[A-Za-z0-9]+$/.test(token) && !/^[0-9a-fA-F]+$/.test(token) && isMixed(token);
}
