import { spawnSync } from 'node:child_process';

/** Test files and examples that changed since the last release, from git; null where git cannot tell. */
export function testsTouched(root: string): string[] | null {
  const last = git(root, ['log', '-1', '-z', '--format=%H', '--', 'schemas/released/index.json']);
  if (last === null || last.length === 0) return null;
  const changed = git(root, ['diff', '-z', '--name-only', '--relative', last[0] ?? 'HEAD']);
  const untracked = git(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  if (changed === null || untracked === null) return null;
  return [...new Set([...changed, ...untracked])].filter(isTest).toSorted();
}

function isTest(file: string): boolean {
  return /\.test(-d)?\.[cm]?[jt]sx?$/.test(file) || file.startsWith('test/') || file.startsWith('schemas/examples/');
}

function git(root: string, args: readonly string[]): string[] | null {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.split('\0').filter((each) => each !== '') : null;
}
