import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A JSON Schema as it was parsed. */
export interface Schema {
  [keyword: string]: unknown;
}

/** What a schema file describes. */
type SchemaKind = 'common' | 'state' | 'ledger' | 'dialect' | 'shared' | 'record';

export interface SchemaFile {
  /** Path below schemas/, with forward slashes. */
  readonly path: string;
  readonly id: string;
  readonly kind: SchemaKind;
  /** File name without its ending: the surface, dialect or record name. */
  readonly name: string;
  readonly schema: Schema;
  /** SHA-256 of the file, first 16 hex digits. */
  readonly hash: string;
}

export interface SchemaSet {
  /** Sorted by path. */
  readonly files: readonly SchemaFile[];
  readonly byId: ReadonlyMap<string, SchemaFile>;
}

const ENDING = '.schema.json';

/** Reads every schema of the contract; the metaschema, the examples and the released copies are not part of it. */
export async function loadSchemas(directory: string): Promise<SchemaSet> {
  const paths = (await readdir(directory, { recursive: true }))
    .map((each) => each.split(path.sep).join('/'))
    .filter(isContractSchema);
  const texts = await Promise.all(
    paths.map(async (each): Promise<[string, string]> => [each, await readFile(path.join(directory, each), 'utf8')]),
  );
  return parseSchemas(texts);
}

/** A set of schemas from their paths below schemas/ and their texts. Throws where a text is no JSON object. */
export function parseSchemas(texts: Iterable<readonly [path: string, text: string]>): SchemaSet {
  return schemaSet([...texts].map(([relative, text]) => parseFile(relative, text)));
}

/** A set of schema files, sorted by path. */
export function schemaSet(files: readonly SchemaFile[]): SchemaSet {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { files: sorted, byId: new Map(sorted.map((file) => [file.id, file])) };
}

/** True for the path below schemas/ of a schema that is part of the contract. */
export function isContractSchema(relative: string): boolean {
  return relative.endsWith(ENDING) && kindOf(relative) !== null;
}

/** The state surfaces and ledgers among the files. */
export function surfaceFiles(set: SchemaSet): SchemaFile[] {
  return set.files.filter(({ kind }) => kind === 'state' || kind === 'ledger');
}

function parseFile(relative: string, text: string): SchemaFile {
  const schema = parse(text, relative);
  const kind = kindOf(relative);
  if (kind === null) throw new Error(`${relative}: not a schema of the contract`);
  return {
    path: relative,
    id: String(schema['$id']),
    kind,
    name: path.posix.basename(relative, ENDING),
    schema,
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
  };
}

function parse(text: string, relative: string): Schema {
  const parsed = parseJson(text, relative);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error(`schemas/${relative}: not a schema: it holds no object`);
  return parsed as Schema;
}

function parseJson(text: string, relative: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`schemas/${relative}: not JSON: ${String(error)}`, { cause: error });
  }
}

function kindOf(relative: string): SchemaKind | null {
  const [folder, ...rest] = relative.split('/');
  if (rest.length === 0) return 'common';
  if (folder === 'state') return 'state';
  if (folder === 'logs') return 'ledger';
  if (folder === 'records') return 'record';
  if (folder === 'legacy') return rest.length === 1 ? 'shared' : 'dialect';
  return null;
}
