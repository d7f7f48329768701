import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Schema } from '@hedge-telemetry/evolution';

import { loadSource, workingBundle } from './source.js';
import { freeze, repository } from './testing.js';

const run = promisify(execFile);
const TSC = path.join(repository, 'node_modules/typescript/bin/tsc');

/** Copies schemas, contract and reader into a temporary directory and returns it; the installed packages are shared. */
export async function copyContract(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'hedge-telemetry-copy-'));
  const parts = ['schemas', '.prettierrc.json', 'tsconfig.base.json'];
  for (const each of ['contract', 'reader'])
    parts.push(...['src', 'package.json', 'tsconfig.json'].map((part) => `packages/${each}/${part}`));
  for (const each of parts) await cp(path.join(repository, each), path.join(root, each), { recursive: true });
  await symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  const scope = path.join(root, 'packages/reader/node_modules/@hedge-telemetry');
  await mkdir(scope, { recursive: true });
  await symlink(path.join(root, 'packages/contract'), path.join(scope, 'contract'));
  return root;
}

/** Compiles the contract and the reader of a copy; rejects where they do not compile. */
export async function compileCopy(root: string): Promise<void> {
  await run(process.execPath, [TSC, '-b', 'packages/reader'], { cwd: root });
}

/** The value of an expression over the compiled packages of a copy, as JSON. */
export async function ask<T>(root: string, expression: string): Promise<T> {
  const script = [
    "import { convert, interpret, majorsOf } from './packages/contract/dist/index.js';",
    "import { createReader } from './packages/reader/dist/index.js';",
    'async function collected(source) { const all = []; for await (const each of source) all.push(each); return all; }',
    `process.stdout.write(JSON.stringify(await (${expression})));`,
  ].join('\n');
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
  return JSON.parse(stdout) as T;
}

/** Freezes the working schema of a surface where it is not released yet, and gives its major version. */
export async function release(root: string, name: string): Promise<number> {
  const source = await loadSource(root);
  const surface = source.surfaces.find(({ file }) => file.name === name);
  if (surface === undefined) throw new Error(`no surface is named ${name}`);
  const released = path.join(root, `schemas/released/${name}/${surface.version}.schema.json`);
  if (!existsSync(released)) await freeze(root, name, surface.version, workingBundle(source, surface));
  return surface.major;
}

/** Renames a key of a working schema and gives its documents the tag of a major version. */
export async function rename(root: string, file: string, before: string, after: string, major: number): Promise<void> {
  await changeSchema(root, file, (schema) => {
    const { [before]: renamed, ...properties } = schema['properties'] as Record<string, Schema>;
    const tag = { ...properties['schema'], const: `${path.basename(file)}_v${major}` };
    schema['properties'] = { ...properties, schema: tag, [after]: { ...renamed, 'x-renamed-from': before } };
    schema['required'] = (schema['required'] as string[]).map((each) => (each === before ? after : each));
  });
}

/** Changes a working schema of a copy. */
async function changeSchema(root: string, file: string, change: (schema: Schema) => void): Promise<void> {
  const target = path.join(root, `schemas/${file}.schema.json`);
  const schema = JSON.parse(await readFile(target, 'utf8')) as Schema;
  change(schema);
  await writeFile(target, JSON.stringify(schema, null, 2));
}
