const BITS = 11;
const LENGTH = 4;

/** Remembers some groups of four letters, and tells at once of most others that they are none of them. */
export interface Stems {
  /** One of the groups, or by chance another; `gram` holds the last four letters, in lower case, a byte each. */
  readonly maybe: (gram: number) => boolean;
}

/** A table of groups of four letters. */
export function stemsOf(groups: readonly string[]): Stems {
  const table = new Uint8Array(1 << BITS);
  for (const group of groups) {
    let gram = 0;
    for (let index = 0; index < LENGTH; index += 1) gram = (gram << 8) | group.charCodeAt(index);
    table[slot(gram)] = 1;
  }
  return { maybe: (gram) => table[slot(gram)] === 1 };
}

function slot(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - BITS);
}
