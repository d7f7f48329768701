/** What can be told of an error without its traceback, body, URL query and secrets. */
export interface ErrorParts {
  readonly name: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

const MAX_INPUT = 8000;
const MAX_NAME = 100;
const MAX_CODE = 64;
const MAX_MESSAGE = 300;

const NAME = '[A-Za-z_][A-Za-z0-9_.]*';
const CODED = new RegExp(`^(${NAME})\\(code=(-?\\d+)\\)\\s*:?\\s*`);
const CALL = new RegExp(`^(${NAME})\\(`);
const PREFIXED = new RegExp(`^(${NAME}(?:Error|Exception|Timeout|Exit|Interrupt|Warning)):\\s*`);
const EXCHANGE_CODE = /"code"\s*:\s*(-?\d{1,10})/;
const EXCHANGE_MESSAGE = /"msg"\s*:\s*"((?:[^"\\]|\\.)*)"/;
const NEGATIVE_CODE = /^\s*\d{3},\s*(-\d{3,6})\b/;
const HTTP_STATUS = /^(\d{3}) (?:Client|Server) Error\b/;
const QUOTED = /^[^'"]*(['"])((?:\\.|(?!\1)[^\\])*)\1/s;
const SECRET =
  /\b(signature|api[_-]?key|api[_-]?secret|secret|token|passphrase|password|listenkey)(\s*[=:]\s*)[^\s&,;'"]+/gi;

/** Takes the repr or the text of an exception apart. Total: whatever it cannot tell is null. */
export function errorParts(input: string): ErrorParts {
  const source = lastOfTraceback(input.slice(0, MAX_INPUT).trim());
  const coded = CODED.exec(source);
  if (coded !== null) return parts(coded[1], coded[2], source.slice(coded[0].length));
  const call = CALL.exec(source);
  if (call !== null) return ofArguments(call[1], source.slice(call[0].length));
  const prefixed = PREFIXED.exec(source);
  return ofText(prefixed?.[1], source.slice(prefixed?.[0].length ?? 0));
}

function ofArguments(name: string | undefined, args: string): ErrorParts {
  const quoted = QUOTED.exec(args)?.[2];
  const told = ofText(name, unescaped(quoted ?? args.replace(/\)\s*$/, '')));
  return told.code === null ? parts(name, NEGATIVE_CODE.exec(args)?.[1], told.message) : told;
}

function ofText(name: string | undefined, content: string): ErrorParts {
  const code = EXCHANGE_CODE.exec(content)?.[1] ?? HTTP_STATUS.exec(content)?.[1];
  const said = EXCHANGE_MESSAGE.exec(content)?.[1];
  return parts(name, code, said === undefined ? content : unescaped(said));
}

function parts(name: string | undefined, code: string | undefined, content: string | null): ErrorParts {
  return {
    name: name?.slice(0, MAX_NAME) ?? null,
    code: code?.slice(0, MAX_CODE) ?? null,
    message: sanitised(content),
  };
}

/** First line of a text without markup, URL query, credentials or secrets; null where nothing is left. */
export function sanitised(content: string | null): string | null {
  if (content === null) return null;
  const line = content
    .slice(0, MAX_INPUT)
    .replace(/<(?:!|\/?[a-z]).*$/is, '')
    .trim()
    .replace(/[\r\n].*$/s, '')
    .replace(/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]*@/gi, '$1')
    .replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
    .replace(SECRET, '$1$2***')
    .replace(/(?<![\s:])[\s:]+$/, '');
  return line === '' ? null : [...line].slice(0, MAX_MESSAGE).join('');
}

function lastOfTraceback(source: string): string {
  if (!source.startsWith('Traceback (most recent call last)')) return source;
  const last = source.split(/\r?\n/).findLast((line) => /^\S/.test(line));
  return last === undefined || last.startsWith('Traceback') ? '' : last;
}

function unescaped(quoted: string): string {
  return quoted.replace(/\\([\s\S])/g, (_whole, char: string) => (char === 'n' || char === 'r' ? '\n' : char));
}
