import type { PlacedEntry } from './history.js';
import { volumeLines } from './volume-lines.js';
import type { KnownVolume } from './volumes.js';

const MAX_LINES = 200;
const MAX_BYTES = 1024 * 1024;

/**
 * The complete lines of a volume between two byte offsets, in pieces that fit into one message each: at most 200 lines,
 * and no further line after 1 MiB.
 */
export async function* batchesOf(
  volume: KnownVolume,
  from: number,
  to: number,
): AsyncGenerator<PlacedEntry[], void, undefined> {
  let entries: PlacedEntry[] = [];
  let bytes = 0;
  for await (const entry of volumeLines(volume, from)) {
    if (entry.end > to) break;
    entries.push({ generation: volume.generation, entry });
    bytes += entry.end - entry.offset;
    if (entries.length < MAX_LINES && bytes < MAX_BYTES) continue;
    yield entries;
    entries = [];
    bytes = 0;
  }
  if (entries.length > 0) yield entries;
}
