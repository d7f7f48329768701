/** A JSON Schema as it was parsed. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** A schema with its references followed: what it says of itself lies over what its target says. */
export function followed(root: Schema, schema: Schema): Schema {
  const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
  const name = ref === null ? undefined : /^#\/\$defs\/(.+)$/.exec(ref)?.[1];
  const target = name === undefined ? undefined : (root['$defs'] as Record<string, Schema>)[name];
  if (target === undefined) return schema;
  const { $ref: _, anyOf: __, ...own } = schema;
  return { ...followed(root, target), ...own };
}

/** The reference of `anyOf: [{ $ref }, { type: "null" }]`, or null. */
export function nullableRef(schema: Schema): string | null {
  const [first, second] = (schema['anyOf'] ?? []) as Schema[];
  return typeof first?.['$ref'] === 'string' && second?.['type'] === 'null' ? first['$ref'] : null;
}

/** The JSON types that a schema names. */
export function typesOf(schema: Schema): string[] {
  const type = schema['type'];
  return Array.isArray(type) ? (type as string[]) : typeof type === 'string' ? [type] : [];
}

/** The declared keys of an object. */
export function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Record<string, Schema>;
}

/** The branches of a union by the value of its tag; null where the schema is no union. */
export function branchesOf(root: Schema, schema: Schema): ReadonlyMap<string, Schema> | null {
  const tag = schema['x-tag'];
  if (typeof tag !== 'string' || !Array.isArray(schema['oneOf'])) return null;
  const branches = (schema['oneOf'] as Schema[]).map((each) => followed(root, each));
  return new Map(branches.map((each) => [String(propertiesOf(each)[tag]?.['const']), each]));
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
