import { createHash } from 'node:crypto';

/** So many bytes from the beginning of a ledger file say which file it is. */
export const GENERATION_BYTES: number = 64 * 1024;

const NEWLINE = 0x0a;
const HEX_DIGITS = 32;

/**
 * What tells a file of a ledger from those that it was rotated to, whatever its name is and however it grows: the first
 * 128 bits of the SHA-256 of its first line, in hex. `head` is the beginning of the file; no more than
 * `GENERATION_BYTES` of it count, without the newline. Of a line that is not complete what there is counts, so that
 * the result changes until the newline comes.
 */
export function generationOfHead(head: Uint8Array): string {
  const counted = head.subarray(0, GENERATION_BYTES);
  const newline = counted.indexOf(NEWLINE);
  const line = newline === -1 ? counted : counted.subarray(0, newline);
  return createHash('sha256').update(line).digest('hex').slice(0, HEX_DIGITS);
}
