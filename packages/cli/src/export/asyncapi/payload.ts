import { transform } from '@hedge-telemetry/evolution';
import type { Bundle } from '@hedge-telemetry/evolution';

type Schema = Bundle['schema'];

/** Our keywords that a reader of the document can use; the others steer our own tools. */
const KEPT: ReadonlySet<string> = new Set(['x-unit', 'x-null', 'x-absent']);
const SCHEMAS = '#/components/schemas/';

/**
 * The schema of a ledger's lines and its definitions, by name, as schemas of an AsyncAPI document: references lead to
 * `#/components/schemas`, and what stands beside a reference, which AsyncAPI ignores, goes around it. The keywords that the
 * contract uses mean the same in draft-07, on which AsyncAPI's schemas stand.
 */
export function payloadSchemas({ surface, schema }: Bundle): Record<string, Schema> {
  const { $defs, $schema: _, $id, ...root } = schema;
  const definitions = Object.entries(($defs ?? {}) as Record<string, Schema>);
  const converted = definitions.map(([name, each]): [string, Schema] => [name, convert(each)]);
  return { [surface]: convert({ ...root, 'x-schema-id': $id }), ...Object.fromEntries(converted) };
}

/** Puts schemas together. Throws where one name stands for two things. */
export function mergeSchemas(parts: readonly Record<string, Schema>[]): Record<string, Schema> {
  const all: Record<string, Schema> = {};
  for (const [name, schema] of parts.flatMap((part) => Object.entries(part))) {
    const known = all[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two ledgers define ${name} differently: rename one of them in schemas/logs`);
    all[name] = schema;
  }
  return all;
}

function convert(schema: Schema): Schema {
  return transform(schema, (each) => {
    const kept = Object.fromEntries(
      Object.entries(each).filter(
        ([keyword]) => !keyword.startsWith('x-') || KEPT.has(keyword) || keyword === 'x-schema-id',
      ),
    );
    const { $ref, ...beside } = kept;
    if (typeof $ref !== 'string') return kept;
    const reference = { $ref: $ref.replace('#/$defs/', SCHEMAS) };
    return Object.keys(beside).length === 0 ? reference : { ...beside, allOf: [reference] };
  });
}
