import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../..');

const copied = ['common', 'state/nav', 'state/v6_runtime_probe', 'logs/events'];

/** A git repository in a temporary directory that holds three surfaces, never released, committed. */
export async function contractCopy(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'contract-'));
  for (const file of copied.map((name) => join('schemas', `${name}.schema.json`)))
    await cp(join(repository, file), join(root, file));
  await writeFile(join(root, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0\n\n- Add everything.\n');
  git(root, 'init', '--quiet', '--initial-branch=main');
  commit(root, 'first');
  return root;
}

/** Commits everything. */
export function commit(root: string, message: string): void {
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '-m', message);
}

export function git(root: string, ...args: string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
}

/** Merges a patch into a schema of the copy: objects key by key, everything else whole. */
export async function edit(root: string, file: string, patch: Readonly<Record<string, unknown>>): Promise<void> {
  const place = join(root, 'schemas', file);
  const schema: unknown = JSON.parse(await readFile(place, 'utf8'));
  await writeFile(place, `${JSON.stringify(merged(schema, patch), null, 2)}\n`);
}

function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(target) || !isObject(patch)) return patch;
  const changed = Object.entries(patch).map(([key, value]) => [key, merged(target[key], value)]);
  return { ...target, ...Object.fromEntries(changed) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
