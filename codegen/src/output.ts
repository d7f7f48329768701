import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Generated files by path below the folder of their package. */
export type Output = Map<string, string>;

/** Folder of packages/contract that holds nothing but generated files. */
export const GENERATED = 'generated';

export interface Difference {
  readonly missing: string[];
  readonly changed: string[];
  readonly orphaned: string[];
}

/** How a directory (packages/contract) differs from what was generated. `folder` of it holds nothing else. */
export async function compareOutput(
  directory: string,
  output: Output,
  folder: string = GENERATED,
): Promise<Difference> {
  const present = await listFiles(directory, folder);
  const difference: Difference = {
    missing: [],
    changed: [],
    orphaned: present.filter((each) => !output.has(each)).toSorted(),
  };
  for (const [file, text] of output) {
    const found = await readFile(path.join(directory, file), 'utf8').catch(() => null);
    if (found === null) difference.missing.push(file);
    else if (found !== text) difference.changed.push(file);
  }
  return difference;
}

/** Writes what is missing or changed and deletes what is orphaned; unchanged files are not touched. */
export async function writeOutput(directory: string, output: Output, folder: string = GENERATED): Promise<Difference> {
  const difference = await compareOutput(directory, output, folder);
  for (const file of [...difference.missing, ...difference.changed]) {
    const target = path.join(directory, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, output.get(file) ?? '');
  }
  for (const file of difference.orphaned) await rm(path.join(directory, file));
  return difference;
}

async function listFiles(directory: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(directory, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((each) => each.isFile())
    .map((each) => path.relative(directory, path.join(each.parentPath, each.name)).split(path.sep).join('/'))
    .filter((each) => !each.includes('__pycache__/'));
}
