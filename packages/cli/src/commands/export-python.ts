import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { safe } from '../render/safe.js';
import type { Terminal } from '../terminal.js';

/** Where `export python` writes to where no directory is named. */
export const PYTHON_DIRECTORY = 'hedge-telemetry-python';

const PARTS = ['pyproject.toml', 'README.md', 'backend', 'src'];
const PROJECT = /^name = "hedge-telemetry"$/m;

/**
 * `export python`: writes the installable Python package into a directory, which is new, empty, or holds an earlier
 * export; that is replaced as a whole, since a module may have gone. Prints the directory.
 */
export async function exportPython(out: string, terminal: Terminal): Promise<ExitCode> {
  const source = fileURLToPath(new URL('../../../contract-python', import.meta.url));
  if (!existsSync(source)) {
    terminal.err('error: this installation does not hold the Python package', '  fix: run it in a checkout.');
    return exitCodes.notFound;
  }
  try {
    if (!(await isFree(out))) {
      terminal.err(`error: ${safe(out)} holds something else`, '  fix: give --out a directory that is new or empty.');
      return exitCodes.usage;
    }
    await mkdir(out, { recursive: true });
    for (const part of PARTS) {
      await rm(path.join(out, part), { recursive: true, force: true });
      await cp(path.join(source, part), path.join(out, part), { recursive: true, filter: isSource });
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    terminal.err(`error: ${safe(out)} could not be written: ${safe(why)}`);
    return exitCodes.io;
  }
  terminal.out(out);
  terminal.err(`install it with: python3 -m pip install ${safe(path.isAbsolute(out) ? out : `./${out}`)}`);
  return exitCodes.clean;
}

async function isFree(directory: string): Promise<boolean> {
  const project = path.join(directory, 'pyproject.toml');
  if (!existsSync(directory) || (await readdir(directory)).length === 0) return true;
  return existsSync(project) && PROJECT.test(readFileSync(project, 'utf8'));
}

/** Caches of an interpreter, and what an installation left, are no part of the package. */
function isSource(file: string): boolean {
  return !/(?:^|[\\/])__pycache__(?:[\\/]|$)|\.egg-info(?:[\\/]|$)/.test(file);
}
