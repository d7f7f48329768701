import { readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, resolve } from 'node:path';

import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { errorCode } from './file-look.js';
import { unreadable } from './guarded-read.js';

/** A file below a directory. */
export interface Found {
  readonly path: string;
  readonly isRegular: boolean;
}

/** What lies below a directory: paths with forward slashes. */
export interface Survey {
  readonly files: readonly Found[];
  readonly findings: readonly Finding[];
}

/** A tree without end must not hold up the mirror. */
const MAX_FILES = 20_000;
const MAX_DEPTH = 16;

/** Every file below `root` and not below `except`, sorted. Symbolic links count as files and are not followed. Never throws. */
export function survey(root: string, except: string): Survey {
  const excepted = resolve(except);
  const files: Found[] = [];
  const findings: Finding[] = [];
  const open: { readonly below: string; readonly depth: number }[] = [{ below: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { below, depth } = next;
    for (const entry of entriesOf(join(root, below), findings)) {
      const path = `${below}${entry.name}`;
      if (files.length >= MAX_FILES) return { files: sorted(files), findings: [...findings, tooMany(root)] };
      if (!entry.isDirectory()) files.push({ path, isRegular: entry.isFile() });
      else if (depth < MAX_DEPTH && resolve(root, path) !== excepted)
        open.push({ below: `${path}/`, depth: depth + 1 });
    }
  }
  return { files: sorted(files), findings };
}

function sorted(files: readonly Found[]): Found[] {
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** What stands in a directory; nothing, and a finding, where it cannot be listed. */
export function entriesOf(directory: string, findings: Finding[]): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOENT') findings.push(unreadable(directory, code));
    return [];
  }
}

function tooMany(root: string): Finding {
  return finding('unrecognised-file', {
    file: root,
    expected: `at most ${MAX_FILES} files`,
    actual: 'more',
    message: 'There are more files below the source than the mirror looks at.',
    fix: 'Give the logs directory itself; keep other files elsewhere.',
  });
}
