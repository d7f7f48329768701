import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository that this file stands in. */
export const repository: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const LINKED = ['schemas', 'packages', 'package.json', 'CHANGELOG.md'];
const COPIED = ['docs', 'AGENTS.md', '.vscode'];

/** Runs `body` with a root that has the contract of this repository and a copy of its documentation. */
export async function withDocsCopy<T>(body: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'docs-'));
  try {
    for (const each of LINKED) await symlink(path.join(repository, each), path.join(root, each));
    for (const each of COPIED) await cp(path.join(repository, each), path.join(root, each), { recursive: true });
    return await body(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
