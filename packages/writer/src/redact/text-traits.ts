/** What a look at each character of a text says of it; decides which detectors are worth running. */
export const HAS_TOKEN = 1;
export const HAS_SEPARATOR = 2;
export const HAS_ESCAPE = 4;
export const HAS_SURROGATE = 8;
export const HAS_WORDS = 16;
export const HAS_BRACKET = 32;
export const HAS_SLASH = 64;
export const HAS_SPACE = 128;

const TOKEN_LENGTH = 16;
const WORDS = 11;
const COLON = 58;

/** The traits of a text, or-ed together, from one pass over it. */
export function traitsOf(text: string): number {
  let traits = 0;
  let run = 0;
  let spaces = 0;
  let tag = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (
      (code >= 97 && code <= 122) ||
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      code === 95 ||
      code === 45
    ) {
      run += 1;
      if (run === TOKEN_LENGTH) traits |= HAS_TOKEN;
      continue;
    }
    if (code === 43 || code === 47) {
      run += 1;
      if (run === TOKEN_LENGTH) traits |= HAS_TOKEN;
      if (code === 47) traits |= HAS_SLASH;
      continue;
    }
    run = 0;
    if (code === 32 || code === 44 || code === 10 || code === 9 || code === 13) spaces += 1;
    else if (code === 61 || (code === COLON && !isClock(text, index))) traits |= HAS_SEPARATOR;
    else if (code === 37 || code === 92) traits |= HAS_ESCAPE;
    else if (code === 40 || code === 60) {
      traits |= HAS_BRACKET;
      tag ||= code === 60;
    } else if ((code === 62 && tag) || ((code === 34 || code === 39) && isOpening(text.charCodeAt(index - 1))))
      traits |= HAS_SEPARATOR;
    else if (code >= 0xd800 && code <= 0xdfff) traits |= HAS_SURROGATE;
  }
  if (spaces > 0) traits |= HAS_SPACE;
  return spaces >= WORDS ? traits | HAS_WORDS : traits;
}

/** A bracket, before a quotation mark that may begin a pair. */
function isOpening(code: number): boolean {
  return code === 40 || code === 91;
}

/** A colon between digits, as in a time of day, gives no value to a name. */
function isClock(text: string, index: number): boolean {
  return isDigit(text.charCodeAt(index - 1)) && isDigit(text.charCodeAt(index + 1));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
