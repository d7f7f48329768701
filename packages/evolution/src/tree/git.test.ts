import { execSync } from 'node:child_process';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { commitAll, directoryWith, git, put, removeDirectories } from '../testing-root.js';
import { gitTree, UnreadableRef } from './git.js';

let repository: string;
let first: string;

beforeEach(async () => {
  repository = await directoryWith({ 'schemas/a.json': 'one', 'schemas/ü b.json': 'two', 'other.txt': '' });
  git(repository, 'init', '-q', '-b', 'main');
  first = commitAll(repository);
  git(repository, 'tag', 'plain');
  git(repository, 'tag', '-a', 'annotated', '-m', 'A tag');
  git(repository, 'branch', 'side/way');
  await put(repository, { 'schemas/a.json': 'changed' });
  commitAll(repository);
});

afterEach(removeDirectories);

function unreadable(directory: string, ref: string): UnreadableRef {
  try {
    gitTree(directory, ref);
  } catch (error) {
    if (error instanceof UnreadableRef) return error;
    throw error;
  }
  throw new Error(`${ref} can be read`);
}

async function shallowClone(): Promise<string> {
  const parent = await directoryWith();
  git(parent, 'clone', '-q', '--depth', '1', `file://${repository}`, 'clone');
  return `${parent}/clone`;
}

describe('gitTree', () => {
  it('reads a commit, a branch and a tag as they were', () => {
    for (const ref of [first, first.slice(0, 10), 'side/way', 'plain', 'annotated', 'main~1', 'HEAD^']) {
      const tree = gitTree(repository, ref);
      expect(tree.commit).toBe(first);
      expect(tree.list('schemas/')).toEqual(['schemas/a.json', 'schemas/ü b.json']);
      expect(tree.read('schemas/a.json')).toBe('one');
    }
    expect(gitTree(repository, 'main').read('schemas/a.json')).toBe('changed');
  });

  it('reads from a directory below the root of the repository', () => {
    expect(gitTree(`${repository}/schemas`, 'main').list('schemas/')).toHaveLength(2);
  });

  it.each(['', '-n', '--output=x'])('takes %j for no ref', (ref) => {
    expect(unreadable(repository, ref)).toMatchObject({ fix: 'Give a commit, branch or tag.' });
  });

  it('says so where there is no repository', async () => {
    expect(unreadable(await directoryWith(), 'main')).toMatchObject({
      message: 'main cannot be read: this is no git repository',
      fix: 'Run the command in a clone of the repository.',
    });
  });

  it('has no line to type where there is no remote', () => {
    const { message, fix } = unreadable(repository, 'nowhere');
    expect(message).toBe('git knows no commit called nowhere');
    expect(fix).toContain('it has no remote to fetch one from');
  });

  it('keeps a whole clone whole, and quotes what a shell would read', async () => {
    const parent = await directoryWith();
    git(parent, 'clone', '-q', `file://${repository}`, 'clone');
    expect(unreadable(`${parent}/clone`, 'new').fix).toBe('git fetch --no-tags origin +new:refs/remotes/new');
    expect(unreadable(`${parent}/clone`, 'a;b').fix).toBe("git fetch --no-tags origin '+a;b:refs/remotes/a;b'");
    expect(unreadable(`${parent}/clone`, 'main~9').fix).toBe('git fetch --tags origin');
  });
});

describe('the line to type in a shallow clone', () => {
  it.each([
    ['origin/side/way', 'git fetch --no-tags --depth=1 origin +refs/heads/side/way:refs/remotes/origin/side/way'],
    ['side/way', 'git fetch --no-tags --depth=1 origin +side/way:refs/remotes/side/way'],
    ['plain', 'git fetch --no-tags --depth=1 origin +plain:refs/remotes/plain'],
    ['annotated', 'git fetch --no-tags --depth=1 origin +annotated:refs/remotes/annotated'],
    ['refs/tags/plain', 'git fetch --no-tags --depth=1 origin +refs/tags/plain:refs/tags/plain'],
    ['heads/side/way', 'git fetch --no-tags --depth=1 origin +refs/heads/side/way:refs/heads/side/way'],
    ['HEAD~1', 'git fetch --unshallow origin'],
  ])('makes %s readable', async (ref, line) => {
    const clone = await shallowClone();
    const { message, fix } = unreadable(clone, ref);
    expect(message).toBe(`git knows no commit called ${ref}; the clone is shallow`);
    expect(fix).toBe(line);
    execSync(fix, { cwd: clone, stdio: 'ignore' });
    expect(gitTree(clone, ref).read('schemas/a.json')).toBe('one');
  });

  it('makes a commit readable, whole or abbreviated', async () => {
    for (const [ref, line] of [
      [first, `git fetch --no-tags --depth=1 origin ${first}`],
      [first.slice(0, 12), 'git fetch --unshallow origin'],
    ] as const) {
      const clone = await shallowClone();
      const { fix } = unreadable(clone, ref);
      expect(fix).toBe(line);
      execSync(fix, { cwd: clone, stdio: 'ignore' });
      expect(gitTree(clone, ref).commit).toBe(first);
    }
  });
});
