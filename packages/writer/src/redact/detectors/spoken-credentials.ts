import { classifyName } from '../names/classify.js';
import { isStandIn, maySecret } from '../names/secret-value.js';
import type { Span } from '../span.js';
import { isOpaque } from './shape.js';

const BASIC = /\bBasic ([A-Za-z0-9+/]{8,1024}={0,2})/gi;
const BEARER = /\b(?:Bearer|ApiKey) ([\w.~+/=-]{16,4096})/gi;
const SPOKEN = /\b(?:password|passwd|passphrase|pwd)\s{1,4}(?:(?:is|was|as|to)\s{1,4})?["'`]?([^\s"'`]{4,128})/gi;
const ENCODED =
  /(?:password|passwd|passphrase|pwd|secret)\s{1,4}(?:b64|base64)\s{1,4}["'`]?([A-Za-z0-9+/_-]{8,1024}={0,2})/gi;
const NAMED = /\b(?:credentials?|secret)\s{1,4}(?:(?:is|was)\s{1,4})?["'`]?([^\s"'`]{8,128})/gi;
const FLAG = /(?<![\w-])--?([A-Za-z][\w-]{1,40})\s{1,4}["']?([^\s"'-][^\s"']{3,255})/g;
const USER = /(?<![\w-])(?:-u|--user)\s{1,4}["']?([^\s"':]{1,64}):([^\s"']{1,128})/g;

/** Four letters of every word (but `pwd`) without which nothing is found here, unless by a flag of a command line. */
export const SPOKEN_STEMS: readonly string[] = ['asic', 'eare', 'apik', 'pass', 'cred', 'secr'];

/** Finds credentials in header values, in command lines and in sentences such as `password is …`. */
export function detectSpokenCredentials(text: string, spans: Span[]): void {
  each(text, BASIC, (value) => isBasic(value), 'authorization', spans);
  each(text, BEARER, (value) => /\d/.test(value) && !isStandIn(value), 'authorization', spans);
  if (/b64|base64/i.test(text)) each(text, ENCODED, isText, 'password', spans);
  if (/pass|pwd/i.test(text)) each(text, SPOKEN, isSpokenPassword, 'password', spans);
  if (/credential|secret/i.test(text)) each(text, NAMED, isSpokenPassword, 'password', spans);
  if (!text.includes('-')) return;
  each(text, USER, maySecret, 'password', spans);
  for (const match of text.matchAll(FLAG)) {
    const value = match[2] ?? '';
    const { role, kind } = classifyName(match[1] ?? '');
    const start = match.index + match[0].length - value.length;
    if ((role === 'secret' || (role === 'hint' && isOpaque(value))) && maySecret(value))
      spans.push({ start, end: start + value.length, kind });
  }
}

function each(
  text: string,
  pattern: RegExp,
  accept: (value: string) => boolean,
  kind: Span['kind'],
  spans: Span[],
): void {
  for (const match of text.matchAll(pattern)) {
    const value = match.at(-1) ?? '';
    const end = match.index + match[0].length;
    if (accept(value)) spans.push({ start: end - value.length, end, kind });
  }
}

function isBasic(value: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

function isText(value: string): boolean {
  return /^[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

/** In a sentence a password is told from a word by a digit or a sign inside it. */
function isSpokenPassword(value: string): boolean {
  const word = value.replace(/[.,;:)\]}]+$|={1,2}$/, '');
  return (
    maySecret(word) &&
    !/[=:([]/.test(word) &&
    /[a-z]/i.test(word) &&
    /[\d!@#$%^&*?]/.test(word) &&
    !/^\d+\w{0,2}$/.test(word)
  );
}
