import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { transform } from '@hedge-telemetry/evolution';
import type { Schema } from '@hedge-telemetry/evolution';

/** The repository that this file stands in. */
export const repository: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A minimal, correct state schema; `change` makes of it what a test needs. */
export function stateSchema(name: string, change: (schema: Schema) => void = () => {}): Schema {
  const schema: Schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://hedge-telemetry.dev/schemas/state/${name}.schema.json`,
    title: 'Sample',
    description: 'A sample surface.',
    'x-surface': {
      name,
      kind: 'state',
      file: `state/${name}.json`,
      status: 'stable',
      owner: 'executor',
      writer: 'The executor, once per loop.',
      consumers: ['dashboard'],
      cadence: 'Once per loop.',
      age: { pointer: '/updated_at' },
      stale_after_s: 60,
      sensitivity: 'internal',
    },
    'x-shape': { root: 'object', has: ['updated_at'] },
    'x-since': '1.0.0',
    type: 'object',
    additionalProperties: false,
    required: ['updated_at', 'price'],
    properties: {
      updated_at: {
        description: 'When it was written.',
        type: 'number',
        minimum: 0,
        'x-unit': 'epoch_s',
        'x-since': '1.0.0',
      },
      price: {
        description: 'A price.',
        type: ['number', 'null'],
        'x-unit': 'price',
        'x-since': '1.0.0',
        'x-null': 'It is not known.',
      },
    },
  };
  change(schema);
  return schema;
}

/** Writes schemas into a temporary directory and returns it. */
export async function schemaDirectory(files: Readonly<Record<string, Schema>>): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hedge-telemetry-schemas-'));
  for (const [file, schema] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, file)), { recursive: true });
    await writeFile(path.join(directory, file), `${JSON.stringify(schema, null, 2)}\n`);
  }
  return directory;
}

/** Freezes a schema below a root as a release of its surface, oldest first. */
export async function freeze(root: string, surface: string, version: string, schema: Schema): Promise<void> {
  const directory = path.join(root, 'schemas/released');
  const file = path.join(directory, surface, `${version}.schema.json`);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  const index = path.join(directory, 'index.json');
  const known = JSON.parse(await readFile(index, 'utf8').catch(() => '{}')) as Record<string, unknown[]>;
  const entry = { version, sha256: createHash('sha256').update(text).digest('hex'), dialects: [], accepted: [] };
  await writeFile(index, JSON.stringify({ ...known, [surface]: [...(known[surface] ?? []), entry] }));
}

/** Writes a migration below a root. */
export async function writeStep(root: string, surface: string, from: number, text: string): Promise<void> {
  const file = path.join(root, 'packages/contract/src/migrations', surface, `v${from}-to-v${from + 1}.ts`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** What a self-contained schema has against a document: one line per error of ajv, none where it is valid. */
export type Checker = (document: unknown) => string[];

/** The checker of a view of a self-contained schema: the writer view is closed, the reader view accepts unknown keys. */
export function checkerOf(schema: Schema, view: 'writer' | 'reader'): Checker {
  const ajv = new Ajv2020({ allErrors: true, strict: false, unicodeRegExp: true });
  const validate = ajv.compile(
    transform(schema, (each) => {
      const copy = { ...each };
      delete copy['$id'];
      if (view === 'reader' && copy['additionalProperties'] === false) delete copy['additionalProperties'];
      return copy;
    }),
  );
  return (document) =>
    validate(document) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${String(each.message)}`);
}
