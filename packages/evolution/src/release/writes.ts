import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Text by path from the root. */
export type Writes = Map<string, string>;

/** Writes the files and says which, sorted; a dry run only says it. */
export async function writeAll(root: string, writes: Writes, dryRun: boolean): Promise<string[]> {
  for (const [file, text] of dryRun ? [] : writes) {
    const target = path.join(root, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  return [...writes.keys()].toSorted();
}
