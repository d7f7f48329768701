import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import type { Schema } from '../tree/load.js';
import { compareVersions, majorOf, parseVersion } from './version.js';

/** A break that was accepted when the version was released. */
export interface Accepted {
  readonly fingerprint: string;
  readonly rule: string;
  readonly reason: string;
  readonly affects: string;
}

/** What schemas/released/index.json says of one release. */
export interface IndexEntry {
  readonly version: string;
  /** SHA-256 of the frozen file, in hex. */
  readonly sha256: string;
  /** Names of the legacy dialects that readers of this version understand. */
  readonly dialects: readonly string[];
  readonly accepted: readonly Accepted[];
}

/** schemas/released/index.json: surface to its releases, oldest first. */
export type ReleaseIndex = Readonly<Record<string, readonly IndexEntry[]>>;

/** A frozen version of a surface. */
export interface Release extends IndexEntry {
  readonly surface: string;
  readonly major: number;
  /** Path below schemas/. */
  readonly file: string;
  readonly schema: Schema;
}

/** A frozen file that is not what the index says. */
export interface Tampering {
  /** Path below schemas/. */
  readonly file: string;
  readonly surface: string | null;
  readonly problem: 'edited' | 'missing' | 'no schema' | 'not in the index' | 'listed twice' | 'index unreadable';
  readonly expected: string | null;
  readonly actual: string | null;
}

/** Every frozen version, and what is wrong with the frozen files. */
export interface Releases {
  readonly index: ReleaseIndex;
  /** The releases of a surface, oldest first. */
  of(surface: string): readonly Release[];
  readonly surfaces: readonly string[];
  readonly tampering: readonly Tampering[];
}

export const INDEX_FILE = 'released/index.json';

/** Path below schemas/ of a frozen version. */
export function releaseFile(surface: string, version: string): string {
  return `released/${surface}/${version}.schema.json`;
}

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Reads schemas/released below `directory` (the schemas directory). Without an index nothing was ever released. */
export async function loadReleases(directory: string): Promise<Releases> {
  const found = await readdir(path.join(directory, 'released'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const files = found
    .filter((each) => !each.isDirectory() && each.name.endsWith('.json'))
    .map((each) => path.relative(directory, path.join(each.parentPath, each.name)).split(path.sep).join('/'));
  const texts = await Promise.all(
    files.map(async (each): Promise<[string, string]> => [each, await readFile(path.join(directory, each), 'utf8')]),
  );
  return parseReleases(new Map(texts));
}

/** Reads releases from path (below schemas/) to text. */
export function parseReleases(texts: ReadonlyMap<string, string>): Releases {
  const tampering: Tampering[] = [];
  const index = readIndex(texts.get(INDEX_FILE), tampering);
  const bySurface = new Map<string, Release[]>();
  const listed = new Set([INDEX_FILE]);
  for (const [surface, entries] of Object.entries(index)) {
    const releases: Release[] = [];
    for (const entry of entries) {
      const file = releaseFile(surface, entry.version);
      if (listed.has(file)) tampering.push({ file, surface, problem: 'listed twice', expected: null, actual: null });
      listed.add(file);
      const release = readRelease(surface, entry, file, texts.get(file), tampering);
      if (release !== null) releases.push(release);
    }
    bySurface.set(
      surface,
      releases.toSorted((a, b) => compareVersions(a.version, b.version)),
    );
  }
  for (const file of [...texts.keys()].filter((each) => !listed.has(each)).toSorted())
    tampering.push({ file, surface: null, problem: 'not in the index', expected: null, actual: null });
  return {
    index,
    of: (surface) => bySurface.get(surface) ?? [],
    surfaces: [...bySurface.keys()].toSorted(),
    tampering,
  };
}

function readIndex(text: string | undefined, tampering: Tampering[]): ReleaseIndex {
  if (text === undefined) return {};
  const parsed = parseJson(text);
  if (isIndex(parsed)) return parsed;
  tampering.push({ file: INDEX_FILE, surface: null, problem: 'index unreadable', expected: null, actual: null });
  return {};
}

function isIndex(value: unknown): value is ReleaseIndex {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entries) => Array.isArray(entries) && entries.every(isEntry));
}

function isEntry(value: unknown): value is IndexEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { version, sha256: hash, dialects, accepted } = value as Record<string, unknown>;
  return (
    typeof version === 'string' &&
    parseVersion(version) !== null &&
    typeof hash === 'string' &&
    Array.isArray(dialects) &&
    dialects.every((each) => typeof each === 'string') &&
    Array.isArray(accepted) &&
    accepted.every(isAccepted)
  );
}

function isAccepted(value: unknown): value is Accepted {
  if (typeof value !== 'object' || value === null) return false;
  const { fingerprint, rule, reason, affects } = value as Record<string, unknown>;
  return [fingerprint, rule, reason, affects].every((each) => typeof each === 'string');
}

function readRelease(
  surface: string,
  entry: IndexEntry,
  file: string,
  text: string | undefined,
  tampering: Tampering[],
): Release | null {
  const problem = (what: Tampering['problem'], actual: string | null): null => {
    tampering.push({ file, surface, problem: what, expected: entry.sha256, actual });
    return null;
  };
  if (text === undefined) return problem('missing', null);
  const hash = sha256(text);
  if (hash !== entry.sha256) problem('edited', hash);
  const schema = parseJson(text);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return problem('no schema', hash);
  return { ...entry, surface, major: majorOf(entry.version), file, schema: schema as Schema };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
