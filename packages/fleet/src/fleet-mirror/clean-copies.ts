import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { remove, staleInMirror } from '@hedge-telemetry/sync';

/** How a mirror names what it has not renamed yet. */
const TEMPORARY = /^\..+\.\d+\.\d+\.[0-9a-f]+\.tmp$/;

/** Removes from a directory the partial files of mirrors that were killed. Never throws: they do no harm. */
export function cleanCopies(directory: string): void {
  for (const name of namesIn(directory)) {
    const path = join(directory, name);
    if (TEMPORARY.test(name) && staleInMirror(path) !== null) remove(path);
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
