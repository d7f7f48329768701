import { names } from '../detectors/assignments.js';
import { mayHoldFormat } from '../detectors/formats.js';
import { SPOKEN_STEMS } from '../detectors/spoken-credentials.js';
import {
  BRACKET,
  classes,
  COLON,
  DIGIT,
  DOUBTFUL,
  EQUALS,
  JOINER,
  LETTER,
  OTHER,
  PERCENT,
  SLASH,
  SPACE,
} from './characters.js';
import { stemsOf } from './stems.js';

const LONGEST = 1024;
/** Shorter texts may be the repr() of a Python value. */
const SHORTEST = 5;
const TOKEN = 16;
const SHORTEST_PHRASE = 12;
const PWD = 0x707764;
const HYPHEN = 45;
/** Read behind the last character, so that what ends with the text ends like any other. */
const END = 46;
const SPOKEN = 1;
const NUMBER = 2;
const WORDS = 4;
const CLOCK = 16;
const PAIR = 32;
const COLONS = 64;
const SLASHES = 128;
const stems = stemsOf(SPOKEN_STEMS);

/**
 * True only where no detector finds anything in a text of several words, such as the reason of a refusal, unless under
 * the name of a secret. As {@link quickLook}, it rests on what each detector cannot do without.
 */
export function isPlainProse(text: string): boolean {
  const { length } = text;
  if (length > LONGEST || length < SHORTEST) return false;
  let gram = 0;
  let letters = 0;
  let words = 0;
  let run = 0;
  let digits = 0;
  let traits = 0;
  for (let index = 0; index <= length; index += 1) {
    const code = index < length ? text.charCodeAt(index) : END;
    if (code > 127) return false;
    const kind = classes[code] ?? DOUBTFUL;
    if (kind === LETTER) {
      gram = (gram << 8) | (code | 32);
      if (stems.maybe(gram) || (gram & 0xffffff) === PWD) traits |= SPOKEN;
      letters += 1;
      run += 1;
      continue;
    }
    if (letters > 0) {
      words = letters >= 3 && letters <= 8 ? words + 1 : 0;
      if (words === SHORTEST_PHRASE) return false;
      letters = 0;
      gram = 0;
    }
    if (kind <= JOINER) {
      run += 1;
      if (kind === DIGIT) digits += 1;
      else if (code === HYPHEN && isOption(text, index)) traits |= SPOKEN;
      continue;
    }
    if (kind === SLASH) {
      run += 1;
      traits |= SLASHES;
      continue;
    }
    if (run >= TOKEN) {
      if (digits < run) return false;
      traits |= NUMBER;
    }
    run = 0;
    digits = 0;
    if (kind > OTHER) {
      const trait = traitAt(text, index, kind);
      if (trait < 0) return false;
      traits |= trait;
    }
  }
  return arePlain(traits) && ((traits & NUMBER) === 0 || !mayHoldFormat(text));
}

/** What a sign other than a full stop and its like says; -1 where the detectors are needed. */
function traitAt(text: string, index: number, kind: number): number {
  switch (kind) {
    case SPACE:
      return WORDS;
    case COLON:
      if (isDigitAt(text, index - 1) && isDigitAt(text, index + 1)) return CLOCK;
      return names(text, index) ? -1 : PAIR | COLONS;
    case EQUALS:
      return names(text, index) ? -1 : PAIR;
    case PERCENT:
      return isHexAt(text, index + 1) && isHexAt(text, index + 2) ? -1 : 0;
    case BRACKET:
      return isWordPart(text, index - 1) || isQuote(text, index + 1) ? -1 : 0;
    default:
      return -1;
  }
}

/**
 * False for what could be a password in a sentence, a pair of a name and a value whose separator looks like that of a
 * time, a stack frame, or a bot's token.
 */
function arePlain(traits: number): boolean {
  if ((traits & SPOKEN) !== 0 && (traits & WORDS) !== 0) return false;
  if ((traits & CLOCK) !== 0 && (traits & PAIR) !== 0) return false;
  if ((traits & (CLOCK | COLONS)) !== 0 && (traits & (SLASHES | NUMBER)) !== 0) return false;
  return (traits & NUMBER) === 0 || (traits & SLASHES) === 0;
}

/** The hyphen of a flag of a command line, or one of several. */
function isOption(text: string, index: number): boolean {
  return !isDigitAt(text, index + 1) && (!isWordPart(text, index - 1) || text.charCodeAt(index - 1) === HYPHEN);
}

/** What may begin the name of a pair in brackets. */
function isQuote(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 34 || code === 39;
}

/** Of ASCII: a letter, a digit, `_` or `-`. */
function isWordPart(text: string, index: number): boolean {
  const kind = index < 0 ? OTHER : classes[text.charCodeAt(index)];
  return kind === LETTER || kind === DIGIT || kind === JOINER;
}

function isDigitAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}

function isHexAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index) | 32;
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}
