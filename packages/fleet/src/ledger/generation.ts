import { range } from './content.js';
import type { LedgerContent } from './content.js';
import { fingerprint } from './position.js';
import type { LedgerPosition } from './position.js';

/** So much of a first line tells a generation from others. */
const HEAD_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/** The fingerprint of a file's first line; null where it has none yet. A segment's counts though it may be torn. */
export async function generationOf(content: LedgerContent, isSegment: boolean): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of content.chunks(0)) {
    const newline = chunk.indexOf(NEWLINE);
    const part = newline === -1 ? chunk : chunk.subarray(0, newline + 1);
    parts.push(part);
    length += part.length;
    if (newline !== -1 || length >= HEAD_BYTES) return headPrint(parts);
  }
  return isSegment && length > 0 ? headPrint(parts) : null;
}

/** True where the content holds the line that the position names. */
export async function holds(content: LedgerContent, { offset, length, line }: LedgerPosition): Promise<boolean> {
  const bytes = await range(content, offset, length);
  return bytes.length === length && (line === null || fingerprint(bytes) === line);
}

function headPrint(parts: readonly Buffer[]): string {
  return fingerprint(Buffer.concat(parts).subarray(0, HEAD_BYTES));
}
