import type { Schema } from '@hedge-telemetry/evolution';

/** What a schema says, flattened: one line per place and aspect, comparable across two ways of writing the same. */
export type Facts = Map<string, string>;

/** Follows a $ref that stands in the schema being flattened, and gives the way to follow those of its target. */
export type Follow = (ref: string) => { schema: Schema; follow: Follow };

const CONSTRAINTS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'pattern'];

interface Walk {
  readonly facts: Facts;
  /** Constraints are compared where the field itself carries them; in rows, and beside null, types lose those of aliases. */
  readonly constrained: boolean;
}

/** Flattens a schema: JSON types, enum values, required keys, closedness, items, branches, and the constraints of scalar fields. */
export function factsOf(schema: Schema, follow: Follow): Facts {
  const facts: Facts = new Map();
  flatten(schema, follow, '', { facts, constrained: false });
  return facts;
}

function flatten(schema: Schema, follow: Follow, path: string, walk: Walk): void {
  const branches = branchesOf(schema, follow);
  const solid = branches.filter(({ schema: each }) => !isNull(each));
  const [only] = solid;
  if (only !== undefined && solid.length === 1) {
    if (only.schema !== schema) return flattenBranch(only, branches.length > 1, path, walk);
    return flattenPlain(schema, follow, path, walk, false);
  }
  walk.facts.set(`${path} union`, String(solid.length));
  for (const each of solid) flattenBranch(each, false, `${path}/(${constsOf(each.schema)})`, walk);
}

interface Branch {
  readonly schema: Schema;
  readonly follow: Follow;
}

function flattenBranch({ schema, follow }: Branch, nullable: boolean, path: string, walk: Walk): void {
  flattenPlain(schema, follow, path, { ...walk, constrained: walk.constrained && !nullable }, nullable);
}

function flattenPlain(schema: Schema, follow: Follow, path: string, walk: Walk, nullable: boolean): void {
  const { facts } = walk;
  const values = valuesOf(schema);
  const types = values === null ? typesOf(schema) : [...new Set(values.map(typeOfValue))];
  if (nullable && !types.includes('null')) types.push('null');
  facts.set(`${path} type`, types.toSorted().join('|'));
  if (values !== null)
    facts.set(
      `${path} values`,
      values
        .filter((each) => each !== null)
        .map((each) => JSON.stringify(each))
        .toSorted()
        .join(' '),
    );
  if (walk.constrained && values === null)
    for (const key of CONSTRAINTS) if (schema[key] !== undefined) facts.set(`${path} ${key}`, String(schema[key]));
  if (types.includes('array'))
    flatten((schema['items'] ?? {}) as Schema, follow, `${path}/*`, { facts, constrained: false });
  if (types.includes('object')) flattenObject(schema, follow, path, facts);
}

function flattenObject(schema: Schema, follow: Follow, path: string, facts: Facts): void {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  facts.set(`${path} required`, [...((schema['required'] as string[] | undefined) ?? [])].toSorted().join(' '));
  facts.set(`${path} keys`, Object.keys(properties).toSorted().join(' '));
  const rest = schema['additionalProperties'];
  const isMap = typeof rest === 'object' && rest !== null && Object.keys(rest).length > 0;
  facts.set(`${path} rest`, isMap ? 'map' : rest === false ? 'closed' : 'open');
  if (isMap) flatten(rest as Schema, follow, `${path}/{}`, { facts, constrained: false });
  for (const [key, each] of Object.entries(properties))
    flatten(each, follow, `${path}/${key}`, { facts, constrained: true });
}

/** The alternatives of a schema, references followed; the schema itself where it has none. */
function branchesOf(schema: Schema, follow: Follow): Branch[] {
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    const target = follow(ref);
    return branchesOf(target.schema, target.follow);
  }
  const alternatives = (schema['oneOf'] ?? schema['anyOf']) as Schema[] | undefined;
  return alternatives?.flatMap((each) => branchesOf(each, follow)) ?? [{ schema, follow }];
}

function constsOf(schema: Schema): string {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const consts = Object.entries(properties).flatMap(([key, each]) => {
    const values = valuesOf(each);
    return values?.length === 1 ? [`${key}=${String(values[0])}`] : [];
  });
  return consts.length > 0 ? consts.toSorted().join(',') : typesOf(schema).join('|');
}

function valuesOf(schema: Schema): unknown[] | null {
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : null;
}

function isNull(schema: Schema): boolean {
  return schema['type'] === 'null';
}

/** integer counts as number: TypeScript has no integers. */
function typesOf(schema: Schema): string[] {
  const type = schema['type'];
  const types = (Array.isArray(type) ? type : type === undefined ? [] : [type]) as string[];
  return [...new Set(types.map((each) => (each === 'integer' ? 'number' : each)))];
}

function typeOfValue(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
