/** The first byte of a text, of a nested value, and of a value whose kind is only known when it is written. */
export const NULL = 0;
/** A nested value follows. */
export const PRESENT = 1;
/** One byte of length, then that many characters, none of which JSON escapes. */
export const SHORT = 2;
/** Four bytes of length, then UTF-8. */
export const LONG = 3;
/** Four bytes of length, then UTF-16, least significant byte first; for texts with lone surrogates. */
export const UTF16 = 4;
/** A number: milliseconds since 1970, to be written as ISO 8601. */
export const TIME = 5;
export const FALSE = 6;
export const TRUE = 7;
/** Eight bytes, least significant first. */
export const NUMBER = 8;
/** Four bytes of count, then that many values. */
export const ARRAY = 9;
/** Four bytes of count, then that many texts, each with the value it is the key of. */
export const OBJECT = 10;
