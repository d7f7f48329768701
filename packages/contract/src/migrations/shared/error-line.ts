import { text } from '../values.js';
import { sanitised } from './error-text.js';

const MAX_INPUT = 8000;
const MAX_LINE = 200;

/**
 * The first line of an exception's text, of a traceback the line that names the exception; without secrets, and with
 * every URL that carries a query replaced. At most 200 characters; null where nothing is left.
 */
export function errorLine(value: unknown): string | null {
  const source = text(value);
  if (source === null) return null;
  const line = sanitised(exceptionLine(source.slice(0, MAX_INPUT).trim()).replace(/[^\s"'<>]+/g, withoutQueryUrl));
  return line === null ? null : [...line].slice(0, MAX_LINE).join('');
}

function exceptionLine(source: string): string {
  const [first = '', ...others] = source.split(/[\r\n]+/);
  if (!first.startsWith('Traceback (most recent call last)')) return first;
  return others.find((line) => /^\S/.test(line)) ?? '';
}

function withoutQueryUrl(word: string): string {
  const slash = word.indexOf('/');
  return slash >= 0 && word.includes('?', slash) ? '[redacted:url]' : word;
}
