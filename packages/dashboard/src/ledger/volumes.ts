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

/** A volume that holds a complete line, and which generation of the ledger it is. */
export interface KnownVolume extends Volume {
  readonly generation: string;
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

/**
 * Every volume of a ledger that holds a complete line, oldest first, the current one last. Looked up again where the
 * ledger was rotated meanwhile: the file that was moved away would be in neither place.
 */
export async function volumesOf(root: string, ledger: LedgerName): Promise<KnownVolume[]> {
  for (let attempt = 1; ; attempt += 1) {
    const segments = await segmentsOf(root, ledger);
    const known = await Promise.all([...segments, currentVolume(root, ledger)].map(withGeneration));
    const isSame = namesOf(segments) === namesOf(await segmentsOf(root, ledger));
    if (isSame || attempt >= MAX_ATTEMPTS) return known.flatMap((volume) => volume ?? []);
  }
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

const MAX_ATTEMPTS = 5;
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, string | null>();

async function withGeneration(volume: Volume): Promise<KnownVolume | null> {
  const generation = await generationOf(volume);
  return generation === null ? null : { ...volume, generation };
}

function namesOf(volumes: readonly Volume[]): string {
  return volumes.map(({ name }) => name).join(' ');
}

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
