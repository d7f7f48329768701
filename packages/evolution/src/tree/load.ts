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
    .filter((each) => each.endsWith(ENDING) && kindOf(each) !== null)
    .toSorted();
  const files = await Promise.all(paths.map((each) => loadFile(directory, each)));
  return { files, byId: new Map(files.map((file) => [file.id, file])) };
}

async function loadFile(directory: string, relative: string): Promise<SchemaFile> {
  const text = await readFile(path.join(directory, relative), 'utf8');
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
  try {
    return JSON.parse(text) as Schema;
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
