import type { LedgerContent } from './content.js';

/** Numbers lines, and counts those before them when a number is asked for, which is seldom. */
export interface LineCount {
  /** Of the next line: what gives its number in the file, from 1, as long as the content is open. */
  next(): () => Promise<number>;
}

const NEWLINE = 0x0a;

/** Makes a count that begins at a byte offset, where a line begins. */
export function createLineCount(content: LedgerContent, from: number): LineCount {
  let index = 0;
  let before: Promise<number> | null = null;
  return {
    next: () => {
      index += 1;
      const own = index;
      return async () => (await (before ??= newlines(content, from))) + own;
    },
  };
}

async function newlines(content: LedgerContent, end: number): Promise<number> {
  let [count, at] = [0, 0];
  if (end === 0) return 0;
  for await (const chunk of content.chunks(0)) {
    const part = chunk.subarray(0, end - at);
    for (let found = part.indexOf(NEWLINE); found !== -1; found = part.indexOf(NEWLINE, found + 1)) count += 1;
    at += part.length;
    if (at >= end) break;
  }
  return count;
}
