/** Character classes of ASCII, as the quick look tells them apart. */
export const LETTER = 0;
export const DIGIT = 1;
export const JOINER = 2;
export const OTHER = 3;
export const SPACE = 4;
export const COLON = 5;
export const EQUALS = 6;
export const PERCENT = 7;
export const BRACKET = 8;
export const SLASH = 9;
/** What the quick look leaves to the detectors. */
export const DOUBTFUL = 10;

const MARKS: Readonly<Record<string, number>> = {
  _: JOINER,
  '-': JOINER,
  ' ': SPACE,
  ',': SPACE,
  ':': COLON,
  '=': EQUALS,
  '%': PERCENT,
  '(': BRACKET,
  '/': SLASH,
  '+': SLASH,
  '\\': DOUBTFUL,
  '<': DOUBTFUL,
  '[': DOUBTFUL,
};

/** The class of each character code below 128. */
export const classes: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (code < 32 || code === 127) return DOUBTFUL;
  if (/[A-Za-z]/.test(character)) return LETTER;
  return /\d/.test(character) ? DIGIT : (MARKS[character] ?? OTHER);
});

/** What a text does not consist of alone, as bits: see {@link bits}. */
export const NOT_DIGITS = 1;
export const NOT_TIME = 2;
export const NOT_WORD = 4;

/** Bits for each character: whether it is other than a digit, than what a time is written with, than a letter, digit, `_` or `-`. */
export const bits: Uint8Array = Uint8Array.from(classes, (kind, code) => {
  if (kind === DIGIT) return 0;
  const time = '-:.+TZ'.includes(String.fromCharCode(code)) ? 0 : NOT_TIME;
  return NOT_DIGITS | time | (kind === LETTER || kind === JOINER ? 0 : NOT_WORD);
});
