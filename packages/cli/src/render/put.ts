import path from 'node:path';
import type { Put } from '../draft/write-new.js';
import { safe } from './safe.js';

/** What became of a file, its path relative to `root`. */
export function renderPut(root: string, { file, outcome, reason }: Put): string {
  const place = path.relative(root, file).split(path.sep).join('/');
  return safe(reason === null ? `${outcome} ${place}` : `${outcome} ${place}: ${reason}`);
}
