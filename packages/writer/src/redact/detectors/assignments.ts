import { classifyName } from '../names/classify.js';
import type { NameClass } from '../names/classify.js';
import { maySecret } from '../names/secret-value.js';
import type { Span } from '../span.js';
import { detectFormats } from './formats.js';
import { isOpaque } from './shape.js';
import { valueReader } from './value-reader.js';
import type { TextValue } from './value-reader.js';

const LONGEST_NAME = 64;
const LONGEST_GAP = 8;
/** Nothing longer is taken for a token. */
const LONGEST_VALUE = 4096;
const PART_OF_PAIR = /^(?:keys?|tokens?|secret|phrase|password|pass)$/i;
const EQUALS = 61;
const COLON = 58;
const COMMA = 44;
const TAG_START = 60;
const TAG_END = 62;
const LINE_END = /\\?\r?\n/g;
const LETTERS = /[A-Za-z]{2}/;

/**
 * Finds `name=value`, `name: value`, `'name': 'value'`, `('name', 'value')`, `<name>value</name>`, `name%3Dvalue` (decoded
 * by the caller) and header lines.
 */
export function detectAssignments(text: string, spans: Span[]): void {
  const valueAfter = valueReader(text);
  for (let at = 0; at < text.length; at += 1) {
    if (!isSeparator(text, at)) continue;
    const name = nameBefore(text, at);
    if (name === undefined || (name.role !== 'secret' && name.role !== 'hint')) continue;
    const value = valueAfter(at + 1);
    if (value === undefined || !isSecret(text, at, value, name)) continue;
    spans.push({ start: value.start, end: value.end, kind: name.kind });
    at = value.end - 1;
  }
}

/** `=`, `:`, the end of a tag, or the comma of a pair in brackets. */
function isSeparator(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === EQUALS || code === COLON) return true;
  if (code === TAG_END) return text.charCodeAt(identifierStart(text, at) - 1) === TAG_START;
  return (
    code === COMMA &&
    isQuote(text.charCodeAt(at - 1)) &&
    /[[(][bu]?["']$/.test(text.slice(Math.max(0, identifierStart(text, at - 1) - 3), identifierStart(text, at - 1)))
  );
}

/** True where what stands before a separator is a name that makes the value behind it worth a look. */
export function names(text: string, separator: number): boolean {
  const role = nameBefore(text, separator)?.role;
  return role === 'secret' || role === 'hint';
}

function nameBefore(text: string, separator: number): NameClass | undefined {
  let end = separator;
  for (let gap = 0; gap < LONGEST_GAP && end > 0 && isDecor(text.charCodeAt(end - 1)); gap += 1) end -= 1;
  const start = identifierStart(text, end);
  const own = text.slice(start, end);
  if (!LETTERS.test(own)) return undefined;
  const judged = classifyName(own);
  if (judged.role === 'secret' || !PART_OF_PAIR.test(own) || text.charCodeAt(start - 1) !== 32) return judged;
  const before = text.slice(identifierStart(text, start - 1), start - 1);
  return before === '' ? judged : classifyName(`${before} ${own}`);
}

function identifierStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && isNamePart(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Letters, digits, `_`, `-` and `.`. */
function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}

/** What may stand between a name and its separator: space, quotes, backslash, bracket. */
function isDecor(code: number): boolean {
  return code === 32 || code === 34 || code === 39 || code === 92 || code === 93 || code === 96;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function percentDecoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function holdsFormat(value: string): boolean {
  const found: Span[] = [];
  detectFormats(value, found);
  return found.length > 0;
}

function isSecret(text: string, separator: number, { start, end, quoted }: TextValue, name: NameClass): boolean {
  const given = text.slice(start, end);
  const value = given.length > LONGEST_VALUE ? given : given.replace(LINE_END, '');
  if (name.role === 'hint')
    return (
      given.length <= LONGEST_VALUE &&
      (isOpaque(percentDecoded(value)) || (value !== given && holdsFormat(value))) &&
      maySecret(value)
    );
  if (!maySecret(value)) return false;
  const sign = text.charCodeAt(separator);
  if (sign === COMMA) return quoted && /^["'][\])]/.test(text.slice(end, end + 2)) && /[^A-Za-z_-]/.test(value);
  const prose = !quoted && sign === COLON && start > separator + 1;
  return !(prose && /^[A-Za-z][a-z]{0,18}[.,]?$/.test(value));
}
