/** Finds every occurrence of many strings in one pass, at a cost that does not depend on how many they are. */
export interface Automaton {
  /** Calls `found` with the number of a pattern and the index after its occurrence. */
  readonly search: (text: string, found: (pattern: number, end: number) => void) => void;
}

/**
 * The automaton of Aho and Corasick (CACM 18:6, 1975) over the characters that occur in the patterns; any other
 * character leads back to the start. The table has one row per distinct prefix and one column per such character.
 */
export function automatonOf(patterns: readonly string[]): Automaton {
  const columns = columnsOf(patterns);
  const width = columns.size + 1;
  const states = 1 + patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  const next = new Int32Array(states * width);
  const ends: number[][] = [[]];
  patterns.forEach((pattern, number) => {
    let state = 0;
    for (let index = 0; index < pattern.length; index += 1) {
      const cell = state * width + (columns.get(pattern.charCodeAt(index)) ?? 0);
      if (next[cell] === 0) next[cell] = ends.push([]) - 1;
      state = next[cell] ?? 0;
    }
    ends[state]?.push(number);
  });
  closeOver(next, ends, width);
  return { search: searcher(next, ends, columns, width) };
}

/** A column for each character; column 0 is that of all others. */
function columnsOf(patterns: readonly string[]): Map<number, number> {
  const columns = new Map<number, number>();
  for (const pattern of patterns)
    for (let index = 0; index < pattern.length; index += 1) {
      const code = pattern.charCodeAt(index);
      if (!columns.has(code)) columns.set(code, columns.size + 1);
    }
  return columns;
}

/** Breadth first: a missing step is that of the longest proper suffix, whose patterns end here too. */
function closeOver(next: Int32Array, ends: number[][], width: number): void {
  const fail = new Int32Array(ends.length);
  const queue: number[] = [0];
  for (const state of queue)
    for (let column = 1; column < width; column += 1) {
      const cell = state * width + column;
      const child = next[cell] ?? 0;
      const suffix = state === 0 ? 0 : (next[(fail[state] ?? 0) * width + column] ?? 0);
      if (child === 0) {
        next[cell] = suffix;
        continue;
      }
      fail[child] = suffix;
      ends[child]?.push(...(ends[suffix] ?? []));
      queue.push(child);
    }
}

function searcher(
  next: Int32Array,
  ends: number[][],
  columns: Map<number, number>,
  width: number,
): Automaton['search'] {
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => columns.get(code) ?? 0);
  const column = (code: number): number => (code < 128 ? (ascii[code] ?? 0) : (columns.get(code) ?? 0));
  const ending = Uint8Array.from(ends, (list) => (list.length > 0 ? 1 : 0));
  return (text, found) => {
    let state = 0;
    for (let index = 0; index < text.length; index += 1) {
      const at = column(text.charCodeAt(index));
      state = at === 0 ? 0 : (next[state * width + at] ?? 0);
      if (ending[state] === 1) for (const pattern of ends[state] ?? []) found(pattern, index + 1);
    }
  };
}
