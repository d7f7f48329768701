import path from 'node:path';

import { buildGenerator, getProgramFromFiles } from 'typescript-json-schema';
import type { JsonSchemaGenerator } from 'typescript-json-schema';
import { resolveRef, typeModule } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { factsOf } from './facts.js';
import type { Facts, Follow } from './facts.js';
import { hasRootType } from './passes/types.js';

/** Makes schemas of the generated canonical types and compares them with the schemas they came from: one line per place where something got lost. */
export function roundTrip(set: SchemaSet, generated: string): string[] {
  const files = set.files.filter((each) => hasRootType(each) && each.kind !== 'dialect');
  const modules = files.map((each) => path.join(generated, 'types', `${typeModule(each)}.d.ts`));
  const program = getProgramFromFiles(modules, { strict: true, skipLibCheck: true, types: [] });
  const generator = buildGenerator(program, { required: true, noExtraProps: true, ignoreErrors: true });
  if (generator === null) return ['The generated types do not compile.'];
  return files.flatMap((file) => mismatches(set, file, schemaOfType(generator, file)));
}

function mismatches(set: SchemaSet, file: SchemaFile, actual: Schema | null): string[] {
  if (actual === null) return [`schemas/${file.path}: no type ${String(file.schema['title'])} was generated`];
  const expected = factsOf(file.schema, followSchemas(set, file));
  const found = factsOf(actual, followDefinitions(actual));
  return differences(expected, found).map((each) => `schemas/${file.path}: ${each}`);
}

function differences(expected: Facts, found: Facts): string[] {
  const keys = [...new Set([...expected.keys(), ...found.keys()])];
  return keys
    .filter((key) => expected.get(key) !== found.get(key))
    .map(
      (key) =>
        `${key.trim()}: the schema says ${expected.get(key) ?? 'nothing'}, its type says ${found.get(key) ?? 'nothing'}`,
    );
}

function schemaOfType(generator: JsonSchemaGenerator, file: SchemaFile): Schema | null {
  const name = String(file.schema['title']);
  return generator.getUserSymbols().includes(name) ? (generator.getSchemaForSymbol(name) as Schema) : null;
}

function followSchemas(set: SchemaSet, file: SchemaFile): Follow {
  return (ref) => {
    const target = resolveRef(set, file, ref);
    return { schema: target.schema, follow: followSchemas(set, target.file) };
  };
}

function followDefinitions(root: Schema): Follow {
  const definitions = (root['definitions'] ?? {}) as Record<string, Schema>;
  const follow: Follow = (ref) => ({
    schema: definitions[decodeURIComponent(ref.slice('#/definitions/'.length))] ?? {},
    follow,
  });
  return follow;
}
