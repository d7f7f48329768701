import { readdir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { SYNC_REPORT_FILE } from '@hedge-telemetry/contract';

/** What stands below a directory: a path with forward slashes, and the error code where a directory cannot be listed. */
export interface Walked {
  readonly path: string;
  readonly failure: string | null;
}

/** Every path below `dir` that is no directory, sorted; the report that a mirror keeps there is none of its files. Symbolic links are listed and not followed. Never rejects. */
export async function walk(dir: string): Promise<Walked[]> {
  const found: Walked[] = [];
  const open = [''];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    const listed = await list(join(dir, below));
    if (typeof listed === 'string') found.push({ path: below === '' ? '.' : below, failure: listed });
    else {
      for (const entry of listed) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) open.push(path);
        else if (path !== SYNC_REPORT_FILE) found.push({ path, failure: null });
      }
    }
  }
  return found.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function list(path: string): Promise<Dirent[] | string> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
