const BLOCK = 2;
const BITS = 12;
const MASK = (1 << BITS) - 1;
const MOST = 255;

/** True where one of the patterns may occur in a text; false only where none does. */
export type Sieve = (text: string) => boolean;

/**
 * The shift table of Wu and Manber ("A fast algorithm for multi-pattern searching", TR-94-17, University of Arizona,
 * 1994) over blocks of two characters of the first `shortest` characters of each pattern: most texts are seen to hold
 * none of them by a look at one character in several.
 */
export function sieveOf(patterns: readonly string[], shortest: number): Sieve {
  if (patterns.length === 0) return () => false;
  const window = Math.min(shortest, MOST);
  if (window < BLOCK) return () => true;
  const shifts = new Uint8Array(1 << BITS).fill(window - BLOCK + 1);
  for (const pattern of patterns)
    for (let end = BLOCK; end <= window; end += 1) {
      const slot = blockOf(pattern.charCodeAt(end - 2), pattern.charCodeAt(end - 1));
      shifts[slot] = Math.min(shifts[slot] ?? 0, window - end);
    }
  return (text) => {
    for (let last = window - 1; last < text.length;) {
      const shift = shifts[blockOf(text.charCodeAt(last - 1), text.charCodeAt(last))] ?? 0;
      if (shift === 0) return true;
      last += shift;
    }
    return false;
  };
}

function blockOf(first: number, second: number): number {
  return ((first << 5) ^ second ^ (first >> 7)) & MASK;
}
