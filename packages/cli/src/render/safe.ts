const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

/** What a CI runner takes for a command where it stands: `::` at the start of a line, `##[` and `##vso[` anywhere. */
const LINE_COMMAND = /^(\s*):(?=:)/u;
const COMMAND = /##(?=\[|vso\[)/gu;

/**
 * A text from a file as a terminal or the log of a CI job may print it: what would steer the terminal, break the line or
 * be taken for a command of the runner is replaced, character for character.
 */
export function safe(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD').replace(LINE_COMMAND, '$1\uFFFD').replace(COMMAND, '#\uFFFD');
}
