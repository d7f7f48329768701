import { existsSync } from 'node:fs';
import path from 'node:path';
import { exitCodes } from './exit.js';
import type { ExitCode } from './exit.js';
import type { Terminal } from './terminal.js';

/** The directory that holds schemas/: the one given, else the nearest at or above the working directory. Says so where there is none. */
export function schemaRoot(given: string | undefined, terminal: Terminal): string | ExitCode {
  const found = given === undefined ? nearest(process.cwd()) : holdsSchemas(given) ? path.resolve(given) : null;
  if (found !== null) return found;
  terminal.err(
    `error: no schemas/ ${given === undefined ? 'here or in a directory above' : `in ${given}`}`,
    '  fix: run it in a checkout of the contract, or give --root.',
  );
  return exitCodes.usage;
}

function nearest(start: string): string | null {
  for (let directory = path.resolve(start); ; directory = path.dirname(directory)) {
    if (holdsSchemas(directory)) return directory;
    if (directory === path.dirname(directory)) return null;
  }
}

function holdsSchemas(directory: string): boolean {
  return existsSync(path.join(directory, 'schemas'));
}

/** Today as YYYY-MM-DD, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
