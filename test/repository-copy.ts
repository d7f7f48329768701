import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { repository } from './support.js';

/** A copy of this repository in a temporary directory, compiled and with its dependencies linked, in a git repository of its own. */
export function repositoryCopy(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'repository-'));
  const files = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], repository).split('\0');
  for (const file of files.filter((each) => each !== '' && existsSync(path.join(repository, each)))) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    copyFileSync(path.join(repository, file), path.join(copy, file));
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'));
  for (const folder of packageFolders()) {
    for (const name of ['node_modules', 'dist']) {
      const source = path.join(repository, folder, name);
      if (existsSync(source))
        cpSync(source, path.join(copy, folder, name), { recursive: true, verbatimSymlinks: true });
    }
  }
  run('git', ['init', '--quiet', '--initial-branch=main'], copy);
  commit(copy, 'start');
  return copy;
}

/** Commits everything in a copy. */
export function commit(copy: string, message: string): void {
  run('git', ['add', '--all'], copy);
  run('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '-m', message], copy);
}

function packageFolders(): string[] {
  const packages = readdirSync(path.join(repository, 'packages')).map((each) => `packages/${each}`);
  return ['codegen', 'test', ...packages];
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
