const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text from a file as a terminal may print it: what would steer the terminal or break the line is replaced. */
export function safe(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD');
}
