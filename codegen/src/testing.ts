import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
