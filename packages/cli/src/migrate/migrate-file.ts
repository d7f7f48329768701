import { join } from 'node:path';
import { convert, hasErrors, parseJson, placed, registry } from '@hedge-telemetry/contract';
import type { Finding, StateName } from '@hedge-telemetry/contract';
import { readRegular } from '@hedge-telemetry/reader';

/** What became of one file. */
export interface MigratedFile {
  /** Path below the directory, with forward slashes. */
  readonly path: string;
  readonly surface: StateName;
  /** What it was: a version, a legacy dialect, or null where nothing was recognised. */
  readonly from: string | null;
  /** Major version that it was to be brought to. */
  readonly to: number;
  /** copied: it was of that version; its bytes are kept. migrated: rewritten. refused: see the findings; nothing was written. */
  readonly outcome: 'copied' | 'migrated' | 'refused';
  readonly findings: readonly Finding[];
}

/** A file and what is to be written in its place; null where it was refused. */
export interface Migrated {
  readonly file: MigratedFile;
  readonly bytes: Uint8Array | null;
}

/** Brings the state file at `path` below `dir` to a major version, in memory. Never rejects. */
export async function migrateFile(dir: string, path: string, surface: StateName, to: number): Promise<Migrated> {
  const read = await readRegular(join(dir, path), dir);
  const parsed = read.ok ? parseJson(read.bytes) : read;
  const place = { file: path, surface };
  const refused = (from: string | null, findings: readonly Finding[]): Migrated => ({
    file: { path, surface, from, to, outcome: 'refused', findings: placed(findings, place) },
    bytes: null,
  });
  if (!parsed.ok || !read.ok) return refused(null, parsed.ok ? [] : [parsed.finding]);
  const { dialect, document, findings } = convert(surface, parsed.value, to);
  const from = dialect === 'canonical' ? `v${Number.parseInt(registry[surface].version, 10)}` : dialect;
  if (document === null || hasErrors(findings)) return refused(from, findings);
  const isThere = from === `v${to}`;
  return {
    file: { path, surface, from, to, outcome: isThere ? 'copied' : 'migrated', findings: placed(findings, place) },
    bytes: isThere ? read.bytes : new TextEncoder().encode(`${JSON.stringify(document)}\n`),
  };
}
