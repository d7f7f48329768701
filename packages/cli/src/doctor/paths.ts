import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { isOther, listTrouble, readTrouble, writeTrouble } from './access.js';
import { linesOf, shellPath } from './check.js';
import type { Check } from './check.js';

const FOLDERS = ['state', 'execution'] as const;

/** Whether the directory and what the contract has in it can be read, and written by an executor that runs as this user. */
export function checkPaths(dir: string): Check[] {
  const lines = linesOf('paths');
  if (isOther(dir))
    return [lines.failed(dir, 'the path is no directory', 'give the directory that holds state/ and execution/')];
  const failure = listTrouble(dir);
  if (failure === 'ENOENT') return [lines.failed(dir, 'there is no such directory', `mkdir -p ${shellPath(dir)}`)];
  if (failure !== null)
    return [lines.failed(dir, `the directory cannot be read: ${failure}`, `sudo chmod a+rx ${shellPath(dir)}`)];
  return [lines.ok(dir, 'can be listed'), ...FOLDERS.map((name) => checkFolder(join(dir, name))), ...checkFiles(dir)];
}

function checkFolder(path: string): Check {
  const lines = linesOf('paths');
  if (isOther(path))
    return lines.failed(path, 'is no directory', `mv ${shellPath(path)} ${shellPath(`${path}.moved`)}`);
  const failure = listTrouble(path);
  if (failure === 'ENOENT') return lines.skipped(path, 'is not there yet; the writer makes it');
  if (failure !== null) return lines.failed(path, `cannot be read: ${failure}`, `sudo chmod a+rx ${shellPath(path)}`);
  const unwritable = writeTrouble(path);
  return unwritable === null
    ? lines.ok(path, 'can be listed and written by this user')
    : lines.warning(
        path,
        `this user is not to write it: ${unwritable}`,
        'run the executor as the owner of the directory',
      );
}

/** Files of the contract that stand there and cannot be read, one line each; one line where all can be. */
function checkFiles(dir: string): Check[] {
  const lines = linesOf('files');
  const present = Object.values(registry)
    .map(({ file }) => join(dir, file))
    .filter((path) => existsSync(path));
  const closed = present.flatMap((path) => {
    const failure = readTrouble(path);
    const isFile = failure !== null || statSync(path).isFile();
    if (failure === null && isFile) return [];
    return failure === null
      ? [lines.failed(path, 'is no regular file', `mv ${shellPath(path)} ${shellPath(`${path}.moved`)}`)]
      : [lines.failed(path, `cannot be read: ${failure}`, `sudo chmod a+r ${shellPath(path)}`)];
  });
  if (present.length === 0) return [lines.warning(dir, 'no file of the contract is there yet', 'start the executor')];
  return closed.length > 0 ? closed : [lines.ok(dir, `${present.length} files of the contract can be read`)];
}
