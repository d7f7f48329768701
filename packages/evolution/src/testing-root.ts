import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Schema } from './tree/load.js';

const created: string[] = [];

/** A temporary directory with these files: texts as they are, other values as JSON. */
export async function directoryWith(files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'evolution-'));
  created.push(root);
  await put(root, files);
  return root;
}

/** Removes every directory that `directoryWith` made. */
export async function removeDirectories(): Promise<void> {
  await Promise.all(created.splice(0).map((each) => rm(each, { recursive: true, force: true })));
}

/** Writes files below a root: texts as they are, other values as JSON, null removes. */
export async function put(root: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const target = path.join(root, file);
    if (content === null) {
      await rm(target, { recursive: true });
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
}

/** Text of every file below a root by its path, .git left out. */
export async function filesBelow(root: string): Promise<Record<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const files = found
    .filter((each) => each.isFile())
    .map((each) => path.relative(root, path.join(each.parentPath, each.name)).split(path.sep).join('/'))
    .filter((each) => !each.startsWith('.git/'))
    .toSorted();
  return Object.fromEntries(
    await Promise.all(files.map(async (each) => [each, await readFile(path.join(root, each), 'utf8')] as const)),
  );
}

/** Runs git as somebody and returns what it prints; throws where it fails. */
export function git(directory: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', ['-C', directory, ...identity, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Commits everything and returns the commit. */
export function commitAll(directory: string): string {
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '--allow-empty', '-m', 'A step');
  return git(directory, 'rev-parse', 'HEAD');
}

/** Path of the working schema of a state surface. */
export function schemaPath(surface: string): string {
  return `schemas/state/${surface}.schema.json`;
}

/** A working schema of a state surface with these properties, as the contract writes them. */
export function stateSchema(surface: string, properties: Record<string, Schema>, extra: Schema = {}): Schema {
  const { tag = `${surface}_v1`, surfaceFacts = {}, ...others } = extra;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://example.invalid/schemas/state/${surface}.schema.json`,
    title: surface.charAt(0).toUpperCase() + surface.slice(1),
    'x-surface': {
      name: surface,
      kind: 'state',
      file: `state/${surface}.json`,
      age: { pointer: '/updated_at' },
      stale_after_s: 60,
      sensitivity: 'internal',
      ...(surfaceFacts as Schema),
    },
    'x-shape': { root: 'object', has: [] },
    type: 'object',
    additionalProperties: false,
    properties: { schema: { const: tag }, updated_at: { type: 'number', 'x-unit': 'epoch_s' }, ...properties },
    ...others,
  };
}
