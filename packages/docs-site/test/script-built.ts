import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the script of the search box where that was not done yet. */
export function ensureScript(): void {
  if (existsSync(at('../dist-browser/site.js'))) return;
  execFileSync(process.execPath, [at('../scripts/build.mjs')]);
}
