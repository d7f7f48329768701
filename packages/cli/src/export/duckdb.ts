import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';
import { columnsOf, quotedName, quotedText } from './duckdb-types.js';
import type { DuckdbColumn } from './duckdb-types.js';

const HEAD = `-- Views over the state files and ledgers of a logs directory or its mirror; made by "hedge-telemetry export duckdb".
-- Files are read when a view is queried. A line that is no JSON, and a torn last line, are left out; a value that is not
-- of the declared type is NULL. "document" holds the whole record: undeclared keys, and those of legacy dialects.
-- Timestamps stand twice: as they are written, and as "<key>_time" (TIMESTAMPTZ). Ids keep all their digits (VARCHAR).
-- State files in a legacy shape show only the keys they share with the contract: "hedge-telemetry migrate" rewrites them.
-- The view of a ledger reads the ledger alone, not what was rotated away.
`;

/** Says of a ledger what DuckDB says less well: it has no way to read a file that may be missing. */
const RELATIVE = `-- Start duckdb in the logs directory. The views of ledgers need their files: leave out those that are not there yet,
-- or give the directory: hedge-telemetry export duckdb --dir DIR.
`;

/**
 * SQL for DuckDB: a typed view per state surface and ledger, and one per kind of record of a ledger. Of a directory that
 * is given, ledgers that are not there yet become empty views; without one, paths are relative to where DuckDB runs.
 */
export function duckdbViews(dir?: string): string {
  const head = dir === undefined ? HEAD + RELATIVE : HEAD;
  const views = Object.values(registry).flatMap((entry) => viewsOf(entry, dir));
  return `${head}\n${views.join('\n\n')}\n`;
}

function viewsOf(entry: SurfaceEntry, dir: string | undefined): string[] {
  const { name, kind, root, title, description } = entry;
  const comment = [`-- ${title}: ${description}`.replaceAll(/\s+/g, ' ')];
  const source = kind === 'ledger' ? ledgerSource(entry, dir) : stateSource(entry, dir);
  const row = root.kind === 'array' ? (root.items ?? root) : root;
  return [view(name, row, source, comment), ...recordViews(name, row)];
}

/** One view for each kind of record, with the columns of that kind. */
function recordViews(name: string, { tag, branches = {} }: FieldNode): string[] {
  if (tag === undefined) return [];
  return Object.entries(branches).map(([kind, branch]) => {
    const selected = selection(columnsOf(branch), (key) => quotedName(key), 'document');
    const where = `json_extract_string(document, ${quotedText(`$.${quotedName(tag)}`)}) = ${quotedText(kind)}`;
    return `CREATE OR REPLACE VIEW ${quotedName(`${name}_${kind}`)} AS\nSELECT\n${selected}\nFROM ${quotedName(name)}\nWHERE ${where};`;
  });
}

function view(name: string, row: FieldNode, source: string, comment: readonly string[]): string {
  const columns = columnsOf(row);
  const structure = JSON.stringify(Object.fromEntries(columns.map(({ key, type }) => [key, type])));
  const selected = selection(columns, (key) => `t.${quotedName(key)}`, 'json AS document');
  return [
    ...comment,
    `CREATE OR REPLACE VIEW ${quotedName(name)} AS`,
    `SELECT\n${selected}`,
    `FROM (SELECT json, json_transform(json, ${quotedText(structure)}) AS t FROM (`,
    `  ${source}`,
    ") WHERE json_type(json) = 'OBJECT');",
  ].join('\n');
}

function selection(columns: readonly DuckdbColumn[], column: (key: string) => string, document: string): string {
  const expressions = columns.flatMap(({ key, unit }) => [column(key), ...timeOf(column(key), key, unit)]);
  return [...expressions, document].map((each) => `  ${each}`).join(',\n');
}

function timeOf(column: string, key: string, unit: string | null): string[] {
  const name = quotedName(`${key}_time`);
  if (unit === 'epoch_s') return [`TRY(to_timestamp(${column})) AS ${name}`];
  return unit === 'iso8601' ? [`TRY_CAST(${column} AS TIMESTAMPTZ) AS ${name}`] : [];
}

function ledgerSource({ file }: SurfaceEntry, dir: string | undefined): string {
  if (dir !== undefined && !existsSync(join(dir, file))) return 'SELECT NULL::JSON AS json WHERE false';
  const path = quotedText(literalGlob(placeOf(file, dir)));
  return `SELECT json FROM read_json_objects(${path}, format = 'newline_delimited', ignore_errors = true)`;
}

/** A file that is missing has no rows: that is so of a pattern, and not of a name. */
function stateSource({ file, root }: SurfaceEntry, dir: string | undefined): string {
  const path = literalGlob(placeOf(file, dir));
  const text = `read_text(${quotedText(`${path.slice(0, -1)}[${path.slice(-1)}]`)})`;
  return root.kind === 'array'
    ? `SELECT unnest(TRY_CAST(TRY_CAST(content AS JSON) AS JSON[])) AS json FROM ${text}`
    : `SELECT TRY_CAST(content AS JSON) AS json FROM ${text}`;
}

function placeOf(file: string, dir: string | undefined): string {
  return dir === undefined ? file : join(dir, file);
}

/** A path in which nothing is taken for a pattern. */
function literalGlob(path: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]');
}
