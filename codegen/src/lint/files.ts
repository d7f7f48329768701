import { definitions } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { fieldTree } from '../model.js';
import type { FieldNode } from '../model.js';
import type { Problem } from './problem.js';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const BASE = 'https://hedge-telemetry.dev/schemas/';
const GLOBALS = new Set(
  (
    'Array ArrayBuffer Atomics BigInt Blob Boolean Buffer Cache Comment Crypto DataView Date Document Element Error ErrorEvent Event File ' +
    'Function Headers History Image Infinity Intl Iterator JSON Location Lock Map Math Module NaN Navigator Node Notification Number Object ' +
    'Option Performance Plugin Process Promise Proxy Range Record Reflect RegExp Report Request Response Selection Set State String Symbol ' +
    'Text Touch URL WeakMap WeakSet Window Worker'
  ).split(' '),
);

/** What a file as a whole gets wrong. */
export function fileProblems(set: SchemaSet, file: SchemaFile): Problem[] {
  const messages = [...identity(file), ...typeNames(file), ...titleClashes(set, file), ...kindMessages(set, file)];
  return messages.map((message) => ({ file: file.path, pointer: '', message }));
}

function identity({ schema, path }: SchemaFile): string[] {
  const problems: string[] = [];
  if (schema['$schema'] !== DRAFT) problems.push(`$schema is not ${DRAFT}`);
  if (schema['$id'] !== `${BASE}${path}`) problems.push(`$id is not ${BASE}${path}`);
  if (typeof schema['description'] !== 'string') problems.push('the root has no description');
  return problems;
}

function typeNames({ schema }: SchemaFile): string[] {
  return [String(schema['title']), ...Object.keys(definitions(schema))].flatMap((name) => {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) return [`type name ${name} is not PascalCase`];
    return GLOBALS.has(name) ? [`type name ${name} shadows a global`] : [];
  });
}

/** The type of a root is looked up by its name, which therefore stands only once. */
function titleClashes(set: SchemaSet, file: SchemaFile): string[] {
  const title = String(file.schema['title']);
  return set.files
    .filter(
      (each) => (each !== file && each.schema['title'] === title) || definitions(each.schema)[title] !== undefined,
    )
    .map((each) => `the title ${title} is also a type of schemas/${each.path}`);
}

function kindMessages(set: SchemaSet, file: SchemaFile): string[] {
  if (file.kind === 'state' || file.kind === 'ledger') return surfaceMessages(set, file);
  if (file.kind === 'dialect') return dialectMessages(set, file);
  return file.kind === 'record' && file.schema['x-record'] !== file.name ? [`x-record is not ${file.name}`] : [];
}

function surfaceMessages(set: SchemaSet, file: SchemaFile): string[] {
  const surface = file.schema['x-surface'] as Schema | undefined;
  if (surface === undefined) return ['the root has no x-surface'];
  const problems: string[] = [];
  if (file.schema['x-shape'] === undefined)
    problems.push('the root has no x-shape: how the canonical shape is recognised');
  if (surface['name'] !== file.name) problems.push(`x-surface.name is not ${file.name}, the name of the file`);
  if (surface['kind'] !== file.kind) problems.push(`x-surface.kind is not ${file.kind}`);
  const expected = file.kind === 'state' ? `state/${file.name}.json` : `execution/${file.name}.jsonl`;
  if (surface['file'] !== expected) problems.push(`x-surface.file is not ${expected}`);
  return [...problems, ...treeMessages(set, file, surface)];
}

function treeMessages(set: SchemaSet, file: SchemaFile, surface: Schema): string[] {
  let root: FieldNode;
  try {
    root = fieldTree(set, file, file.schema);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const branches = root.kind === 'union' ? Object.values(root.branches ?? {}) : [root];
  const pointer = String((surface['age'] as Schema | undefined)?.['pointer']);
  return branches.flatMap((branch) => [...ageMessages(branch, pointer), ...tagMessages(branch, `${file.name}_v1`)]);
}

function ageMessages(branch: FieldNode, pointer: string): string[] {
  const node = nodeAt(branch, pointer);
  if (node === null) return [`x-surface.age points at ${pointer}, which is not declared`];
  return node.unit === 'epoch_s' || node.unit === 'iso8601'
    ? []
    : [`x-surface.age points at ${pointer}, which is not a timestamp`];
}

function tagMessages(branch: FieldNode, tag: string): string[] {
  const found = branch.fields?.['schema'];
  return found !== undefined && found.const !== tag ? [`the schema key is not the const ${tag}`] : [];
}

function nodeAt(root: FieldNode, pointer: string): FieldNode | null {
  let node: FieldNode | undefined = root;
  for (const key of pointer.split('/').slice(1)) node = key === '*' ? node?.items : node?.fields?.[key];
  return node ?? null;
}

function dialectMessages(set: SchemaSet, file: SchemaFile): string[] {
  const dialect = file.schema['x-dialect'] as Schema | undefined;
  if (dialect === undefined) return ['the root has no x-dialect'];
  const [, surface] = file.path.split('/');
  const problems: string[] = [];
  if (dialect['name'] !== file.name) problems.push(`x-dialect.name is not ${file.name}, the name of the file`);
  if (dialect['surface'] !== surface) problems.push(`x-dialect.surface is not ${surface}, the name of the folder`);
  if (!set.files.some(({ kind, name }) => (kind === 'state' || kind === 'ledger') && name === surface))
    problems.push(`no surface is named ${surface}`);
  return problems;
}
