/** Slots; a power of two. */
const SLOTS = 256;
const HASH_FACTOR = 31;
/** Longest text that is remembered, in bytes: symbols, sides, names of fields and strategies. */
export const LONGEST_REMEMBERED = 24;

/** Remembers what was found out about short texts, by their bytes: of two that fall together the later one. */
export interface ByteMemory<T> {
  /** What is known of a text; undefined where nothing is. */
  find(bytes: Uint8Array, start: number, end: number): T | undefined;
  keep(bytes: Uint8Array, start: number, end: number, value: T): void;
}

export function createByteMemory<T>(): ByteMemory<T> {
  const texts: (Uint8Array | null)[] = Array.from({ length: SLOTS }, () => null);
  const values: (T | undefined)[] = Array.from({ length: SLOTS });
  return {
    find(bytes, start, end) {
      if (end - start > LONGEST_REMEMBERED) return undefined;
      const slot = slotOf(bytes, start, end);
      const text = texts[slot] as Uint8Array | null;
      return text !== null && isSame(text, bytes, start, end) ? values[slot] : undefined;
    },
    keep(bytes, start, end, value) {
      if (end - start > LONGEST_REMEMBERED) return;
      const slot = slotOf(bytes, start, end);
      texts[slot] = Uint8Array.from(bytes.subarray(start, end));
      values[slot] = value;
    },
  };
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i += 1) hash = (Math.imul(hash, HASH_FACTOR) + (bytes[i] as number)) | 0;
  return hash & (SLOTS - 1);
}

function isSame(text: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i += 1) if (text[i] !== bytes[start + i]) return false;
  return true;
}
