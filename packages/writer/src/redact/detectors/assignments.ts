import { classifyName } from '../names/classify.js';
import type { NameClass } from '../names/classify.js';
import { maySecret } from '../names/secret-value.js';
import type { Span } from '../span.js';
import { isOpaque } from './shape.js';
import { valueReader } from './value-reader.js';
import type { TextValue } from './value-reader.js';

const LONGEST_NAME = 64;
const LONGEST_GAP = 8;
const PART_OF_PAIR = /^(?:keys?|tokens?|secret|phrase|password|pass)$/i;
const LETTERS = /[A-Za-z]{2}/;

/** Finds `name=value`, `name: value`, `'name': 'value'`, `name%3Dvalue` (decoded by the caller) and header lines. */
export function detectAssignments(text: string, spans: Span[]): void {
  const valueAfter = valueReader(text);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 61 && code !== 58) continue;
    const name = nameBefore(text, at);
    if (name === undefined || (name.role !== 'secret' && name.role !== 'hint')) continue;
    const value = valueAfter(at + 1);
    if (value === undefined || !isSecret(text, at, value, name)) continue;
    spans.push({ start: value.start, end: value.end, kind: name.kind });
    at = value.end - 1;
  }
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

function isSecret(text: string, separator: number, { start, end, quoted }: TextValue, name: NameClass): boolean {
  const value = text.slice(start, end);
  if (name.role === 'hint') return isOpaque(value) && maySecret(value);
  if (!maySecret(value)) return false;
  const prose = !quoted && text.charCodeAt(separator) === 58 && start > separator + 1;
  return !(prose && /^[A-Za-z][a-z]{0,18}[.,]?$/.test(value));
}
