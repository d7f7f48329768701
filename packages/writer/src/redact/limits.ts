/** How much of a value is looked at and kept. What lies beyond is cut, marked and reported. */
export interface Limits {
  /** Longest string kept, in UTF-16 units. */
  readonly string: number;
  /** Longest map key kept, in UTF-16 units. */
  readonly key: number;
  /** Deepest nesting kept, in levels. */
  readonly depth: number;
  /** Most values visited in one record. */
  readonly nodes: number;
  /** Most UTF-16 units of strings in one record. */
  readonly size: number;
}

/** The limits where none are given; the depth is that of the contract's reader. */
export const defaultLimits: Limits = { string: 16_384, key: 256, depth: 64, nodes: 200_000, size: 4_194_304 };

/** What is scanned beyond the limit of a string, so that a secret across the cut is seen whole. */
export const SCAN_MARGIN = 8192;
