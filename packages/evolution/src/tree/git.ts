import { spawnSync } from 'node:child_process';

/** A ref that cannot be read, and the command that would make it readable. */
export class UnreadableRef extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = 'UnreadableRef';
    this.fix = fix;
  }
}

/** Files of a repository as they were at a ref. */
export interface GitTree {
  /** Full object name of the commit. */
  readonly commit: string;
  /** Paths below a folder of the repository, sorted. */
  list(folder: string): string[];
  /** Text of a file. */
  read(file: string): string;
}

/** Opens a commit, branch or tag of the repository that `directory` is in. Throws `UnreadableRef` where it cannot be read. */
export function gitTree(directory: string, ref: string): GitTree {
  if (ref === '' || ref.startsWith('-'))
    throw new UnreadableRef(`${JSON.stringify(ref)} is no git ref`, 'Give a commit, branch or tag.');
  const resolved = git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (resolved === null) throw unresolved(directory, ref);
  const commit = resolved.trim();
  return {
    commit,
    list: (folder) =>
      (git(directory, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', folder]) ?? '')
        .split('\0')
        .filter((each) => each !== '')
        .toSorted(),
    read: (file) => {
      const text = git(directory, ['show', `${commit}:${file}`]);
      if (text === null)
        throw new UnreadableRef(`${file} cannot be read at ${ref}`, fetchLine(directory, ref, isShallow(directory)));
      return text;
    },
  };
}

function unresolved(directory: string, ref: string): UnreadableRef {
  if (git(directory, ['rev-parse', '--git-dir']) === null)
    return new UnreadableRef(
      `${ref} cannot be read: this is no git repository`,
      'Run the command in a clone of the repository.',
    );
  const shallow = isShallow(directory);
  return new UnreadableRef(
    `git knows no commit called ${ref}${shallow ? '; the clone is shallow' : ''}`,
    fetchLine(directory, ref, shallow),
  );
}

function isShallow(directory: string): boolean {
  return git(directory, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true';
}

/** The command that makes the ref readable, as long as the remote knows it. */
function fetchLine(directory: string, ref: string, shallow: boolean): string {
  const remotes = (git(directory, ['remote']) ?? '').split('\n').filter((each) => each !== '');
  const remote = remotes.find((each) => ref.startsWith(`${each}/`)) ?? remotes[0];
  if (remote === undefined)
    return 'Give a commit, branch or tag of this repository; it has no remote to fetch one from.';
  const what = refspec(ref, remote);
  if (what === null) return `git fetch ${shallow ? '--unshallow' : '--tags'} ${remote}`;
  return `git fetch --no-tags ${shallow ? '--depth=1 ' : ''}${remote} ${quoted(what)}`;
}

/** What to fetch, and under which name, so that git knows the ref by it; null for what only the history can tell. */
function refspec(ref: string, remote: string): string | null {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(ref)) return ref;
  if (/^[0-9a-f]{7,63}$/.test(ref) || /[\s~^:?*[\\]|@\{|\.\./.test(ref)) return null;
  if (ref.startsWith(`${remote}/`)) return `+refs/heads/${ref.slice(remote.length + 1)}:refs/remotes/${ref}`;
  if (/^(refs\/)?(heads|tags)\//.test(ref)) {
    const whole = ref.startsWith('refs/') ? ref : `refs/${ref}`;
    return `+${whole}:${whole}`;
  }
  return `+${ref}:refs/remotes/${ref}`;
}

function quoted(argument: string): string {
  return /^[\w./:+@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

function git(directory: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', ['-C', directory, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : null;
}
