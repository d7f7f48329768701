import type { Schema } from '../tree/load.js';
import { properties } from '../tree/resolve.js';
import { transform } from '../tree/walk.js';

/** What may be emitted: closed, as the canonical schema stands. */
export function writerView(schema: Schema): Schema {
  return schema;
}

/** What is accepted: unknown keys are kept and reported, never an error. */
export function readerView(schema: Schema): Schema {
  return transform(schema, (each) => {
    if (each['additionalProperties'] !== false) return each;
    const { additionalProperties: _, ...open } = each;
    return open;
  });
}

/** The tag that a schema stamps on its documents, null where there is none. */
export function tagOf(schema: Schema): string | null {
  let found: string | null = null;
  transform(schema, (each) => {
    const tag = properties(each)['schema']?.['const'];
    if (isTag(tag)) found ??= tag;
    return each;
  });
  return found;
}

function isTag(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9_]*_v[1-9]\d*$/.test(value);
}
