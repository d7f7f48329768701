/** How a document lies in shared memory: as its encoder wrote it, or as the JSON text of the general way. */
export const ENCODED = 1;
export const TEXT = 2;
/** Nothing lies here: the ring goes on at its start. */
export const SKIPPED = 0;

/** Bytes in front of the documents: words of 4 bytes. */
export const HEADER = 64;
