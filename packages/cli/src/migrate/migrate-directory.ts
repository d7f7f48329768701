import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finding, isStateName, surfaceOfFile } from '@hedge-telemetry/contract';
import type { StateName } from '@hedge-telemetry/contract';
import { walk } from '../check/walk.js';
import type { Progress } from '../progress.js';
import { migrateFile } from './migrate-file.js';
import type { MigratedFile } from './migrate-file.js';
import type { Target } from './target.js';

/** What a migration did. `ok` where every state file asked for was brought to its version. */
export interface MigrationReport {
  readonly ok: boolean;
  readonly files: readonly MigratedFile[];
  /** Paths that were left out: ledgers, whose lines readers migrate, and files that are not asked for. */
  readonly left: readonly string[];
}

/**
 * Brings the state files below `dir`, a logs directory or one of state files alone, to the versions asked for and writes
 * them below `out`; nothing in `dir` is touched.
 */
export async function migrateDirectory(
  dir: string,
  target: Target,
  out: string,
  progress?: Progress,
): Promise<MigrationReport> {
  const files: MigratedFile[] = [];
  const left: string[] = [];
  const paths = (await walk(dir)).map(({ path }) => path);
  const isLogs = paths.some((path) => path.startsWith('state/'));
  for (const [index, path] of paths.entries()) {
    progress?.step(() => `migrating file ${index + 1} of ${paths.length}: ${path}`);
    const surface = surfaceAt(isLogs ? path : `state/${path}`);
    const to = surface === null ? null : target(surface);
    if (surface === null || to === null) left.push(path);
    else files.push(await migrateInto(dir, path, surface, to, out));
  }
  return { ok: files.length > 0 && files.every(({ outcome }) => outcome !== 'refused'), files, left };
}

async function migrateInto(
  dir: string,
  path: string,
  surface: StateName,
  to: number,
  out: string,
): Promise<MigratedFile> {
  const { file, bytes } = await migrateFile(dir, path, surface, to);
  if (bytes === null) return file;
  const place = join(out, path);
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, bytes, { flag: 'wx', mode: 0o644 });
    return file;
  } catch (error) {
    const actual = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const failed = finding('write-failed', { surface, file: place, actual, expected: 'the file to be written' });
    return { ...file, outcome: 'refused', findings: [...file.findings, failed] };
  }
}

/** The surface of a path below a logs directory. */
function surfaceAt(path: string): StateName | null {
  const name = surfaceOfFile(path)?.name ?? '';
  return isStateName(name) ? name : null;
}
