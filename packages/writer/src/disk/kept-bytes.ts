/** A copy of bytes, in a buffer that grows with them: the caller may go on using its own. */
export interface KeptBytes {
  equal(bytes: Uint8Array, length: number): boolean;
  keep(bytes: Uint8Array, length: number): void;
  bytes(): Uint8Array;
  length(): number;
}

/** Keeps nothing at first, which equals nothing. */
export function createKeptBytes(): KeptBytes {
  let kept = Buffer.alloc(0);
  let size = -1;
  return {
    equal: (bytes, length) => length === size && kept.compare(bytes, 0, length, 0, length) === 0,
    keep(bytes, length) {
      if (kept.length < length) kept = Buffer.allocUnsafeSlow(length);
      if (bytes !== kept) kept.set(bytes.subarray(0, length));
      size = length;
    },
    bytes: () => kept,
    length: () => Math.max(size, 0),
  };
}
