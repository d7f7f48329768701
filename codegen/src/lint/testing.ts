import { cp } from 'node:fs/promises';
import path from 'node:path';

import { loadSchemas } from '@hedge-telemetry/evolution';
import type { Schema } from '@hedge-telemetry/evolution';

import { repository, schemaDirectory, stateSchema } from '../testing.js';
import { lint } from './index.js';
import type { LintOptions } from './index.js';

/** What the lint says of a directory that holds only this schema; keys that are undefined are left out. */
export async function messages(
  schema: Schema,
  options: LintOptions = {},
  others: Readonly<Record<string, Schema>> = {},
): Promise<string[]> {
  const directory = await schemaDirectory({ 'state/sample.schema.json': schema, ...others });
  await cp(path.join(repository, 'schemas/meta'), path.join(directory, 'meta'), { recursive: true });
  return (await lint(await loadSchemas(directory), directory, options)).map(({ message }) => message);
}

/** The minimal state schema with its properties changed. */
export function field(change: (fields: Record<string, Schema>) => void): Schema {
  return stateSchema('sample', (schema) => change(schema['properties'] as Record<string, Schema>));
}

/** The minimal state schema with keywords of its price changed. */
export function price(change: Schema): Schema {
  return field((fields) => Object.assign(fields['price'] ?? {}, change));
}
