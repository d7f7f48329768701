import { continues, heldBytes, locate, TELLING_BYTES } from './ledger-align.js';
import type { Alignment } from './ledger-align.js';
import { lastLineEnd, sameBytes } from './extent.js';
import type { Extent } from './extent.js';
import type { Generations } from './generations.js';

/** The generation in which the mirror ended, and how it lay in the mirror, which held some of it. */
export interface Followed {
  readonly identity: string;
  readonly alignment: Alignment;
}

/** Where in the history of a ledger its mirror ends. */
export interface HistoryCursor {
  /** Generation in which the mirror ends; null where it holds nothing of any. */
  readonly found: { readonly index: number; readonly alignment: Alignment } | null;
  /** The mirror holds lines that the source no longer has where they were. */
  readonly diverged: boolean;
}

type Found = HistoryCursor['found'];

const SEAM_BYTES = 4 * 1024;

/**
 * Finds the end of the mirror in the history of its ledger. A file that was followed and renamed is known by its inode,
 * one that was copied or compressed by its content. After a restart nothing was followed, and content alone decides: the
 * newest generation that the mirror holds anything of counts.
 */
export async function findCursor(
  generations: Generations,
  mirror: Extent,
  followed: Followed | null,
): Promise<HistoryCursor> {
  if (mirror.begin === mirror.end) return { found: null, diverged: false };
  const known = followed === null ? null : await byMemory(generations, mirror, followed);
  if (known !== null) return { found: known, diverged: false };
  const found = await byContent(generations, mirror, followed !== null);
  if (found === null || followed !== null) return { found, diverged: true };
  return { found, diverged: found.alignment.shared > 0 && found.alignment.resumed === mirror.end };
}

async function byMemory(generations: Generations, mirror: Extent, { identity, alignment }: Followed): Promise<Found> {
  const newestFirst = Array.from({ length: generations.count }, (_, index) => generations.count - 1 - index);
  const same = newestFirst.filter((index) => generations.identityAt(index) === identity);
  for (const index of [...same, ...newestFirst]) {
    if (continues((await generations.at(index)).extent, mirror, alignment)) return { index, alignment };
  }
  return null;
}

async function byContent(generations: Generations, mirror: Extent, isRunning: boolean): Promise<Found> {
  for (let index = generations.count - 1; index >= 0; index -= 1) {
    const { extent } = await generations.at(index);
    const alignment = locate(extent, mirror);
    if (alignment === null) continue;
    const overlap = alignment.shared > 0 ? alignment.shared : heldBytes(alignment, mirror);
    if (overlap >= TELLING_BYTES || alignment.shared > 0) return { index, alignment };
    const previous = index > 0 ? (await generations.at(index - 1)).extent : null;
    if (previous === null ? !isRunning : endsAt(previous, mirror, alignment.at)) return { index, alignment };
  }
  return null;
}

/** True when the mirror holds, before `at`, the last complete lines of a generation. */
function endsAt(generation: Extent, mirror: Extent, at: number): boolean {
  const end = lastLineEnd(generation, 0, generation.end);
  const length = Math.min(SEAM_BYTES, end, at - mirror.begin);
  return sameBytes(generation, end - length, mirror, at - length, length);
}
