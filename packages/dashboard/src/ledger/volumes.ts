import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { fingerprint } from './position.js';
import { volumeLines } from './volume-lines.js';

/** One file of a ledger: a rotated segment, or the one that is appended to. */
export interface Volume {
  readonly ledger: LedgerName;
  /** Path below the directory that is shown. */
  readonly name: string;
  readonly path: string;
  readonly root: string;
  readonly isGzip: boolean;
  readonly isCurrent: boolean;
}

/** A volume and which generation of the ledger it holds. */
export interface KnownVolume extends Volume {
  readonly generation: string | null;
}

const SEGMENT = /\.\d{8}T\d{6}\.\d{3}Z\.jsonl(\.gz)?$/;

/** The file of a ledger that is appended to. */
export function currentVolume(root: string, ledger: LedgerName): Volume {
  const name = registry[ledger].file;
  return { ledger, name, path: join(root, name), root, isGzip: false, isCurrent: true };
}

/** The rotated segments of a ledger, oldest first; a segment that is being compressed counts once. */
export async function segmentsOf(root: string, ledger: LedgerName): Promise<Volume[]> {
  const { file } = registry[ledger];
  const base = basename(file, '.jsonl');
  const names = await readdir(join(root, dirname(file))).catch(() => []);
  const segments = names.filter((name) => name.startsWith(`${base}.`) && SEGMENT.test(name.slice(base.length)));
  const isPlainThere = (name: string): boolean => segments.includes(name.replace(/\.gz$/, ''));
  return segments
    .filter((name) => !name.endsWith('.gz') || !isPlainThere(name))
    .toSorted()
    .map((name) => volumeOf(root, ledger, `${dirname(file)}/${name}`));
}

/** Every volume of a ledger, oldest first, the current one last. */
export async function volumesOf(root: string, ledger: LedgerName): Promise<KnownVolume[]> {
  const all = [...(await segmentsOf(root, ledger)), currentVolume(root, ledger)];
  return Promise.all(all.map(async (volume) => ({ ...volume, generation: await generationOf(volume) })));
}

/** Fingerprint of the first line; null while there is none. Segments never change, so that theirs are remembered. */
export async function generationOf(volume: Volume): Promise<string | null> {
  if (volume.isCurrent) return readGeneration(volume);
  const key = await identityOf(volume.path);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const generation = await readGeneration(volume);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, generation);
  return generation;
}

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, string | null>();

async function readGeneration(volume: Volume): Promise<string | null> {
  for await (const { raw, end } of volumeLines(volume, 0)) return fingerprint(raw ?? `${end} bytes`);
  return null;
}

async function identityOf(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  return stats === null ? path : `${path} ${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

function volumeOf(root: string, ledger: LedgerName, name: string): Volume {
  return { ledger, name, path: join(root, name), root, isGzip: name.endsWith('.gz'), isCurrent: false };
}
