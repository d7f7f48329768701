import { createHash } from 'node:crypto';
import { basename, join, posix } from 'node:path';

import { finding } from '@hedge-telemetry/contract';
import type { Finding, QuarantineRecord } from '@hedge-telemetry/contract';

import { ensureDirectory, replaceFile } from './atomic-write.js';
import { lookAt } from './file-look.js';
import { entriesOf } from './survey.js';
import type { Route } from './surface-mirror.js';
import { remove } from './temporaries.js';

/** Directory below the mirror's root in which it keeps what it could not put in place. */
export const QUARANTINE = 'quarantine';

/** What came of keeping a document. */
export interface Kept {
  readonly findings: readonly Finding[];
  /** Files that were written; paths below the mirror's root. */
  readonly files: readonly string[];
}

/** Documents kept of one file; the oldest gives way. */
const MAX_KEPT = 8;
const MAX_KEPT_BYTES = 1024 * 1024;
const RECORD = '.finding.json';

/**
 * Keeps the bytes of a document that could not be put in place, and what is wrong with it, in two files named for the
 * content: the same content is kept once. `size` is the size of the document, of which `bytes` may be the beginning.
 */
export function keepDocument(route: Route, bytes: Uint8Array, size: number, findings: readonly Finding[]): Kept {
  const kept = bytes.subarray(0, MAX_KEPT_BYTES);
  const sha256 = createHash('sha256').update(kept).digest('hex');
  const directory = posix.join(QUARANTINE, posix.dirname(route.file));
  const extension = posix.extname(route.file);
  const stem = basename(route.file, extension);
  const copy = `${stem}.${sha256.slice(0, 12)}${extension}`;
  const record = `${copy}${RECORD}`;
  const said = finding('quarantined', { surface: route.surface, file: join(route.to, directory, copy) });
  if (lookAt(join(route.to, directory, record)).state === 'regular') return { findings: [said], files: [] };
  const about: QuarantineRecord = {
    ts: route.now(),
    file: route.file,
    surface: route.surface,
    bytes: size,
    kept_bytes: kept.length,
    sha256,
    copy,
    base64: null,
    line: null,
    offset: null,
    generation: null,
    intact: [],
    findings: findings.map((each) => ({ ...each, file: route.file })),
  };
  const failure =
    ensureDirectory(route.to, directory) ??
    replaceFile(join(route.to, directory, copy), kept) ??
    replaceFile(join(route.to, directory, record), Buffer.from(`${JSON.stringify(about, null, 2)}\n`));
  if (failure !== null) return { findings: [notKept(route, directory, failure)], files: [] };
  dropOldest(join(route.to, directory), stem, extension);
  return { findings: [said], files: [posix.join(directory, copy), posix.join(directory, record)] };
}

function dropOldest(directory: string, stem: string, extension: string): void {
  // What cannot be listed now is dropped with the next copy that is kept.
  const copies = entriesOf(directory, [])
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${stem}.`) && name.endsWith(`${extension}${RECORD}`))
    .map((name) => name.slice(0, -RECORD.length))
    .filter((name) => /^[0-9a-f]{12}$/.test(name.slice(stem.length + 1, name.length - extension.length)))
    .map((name) => ({ name, time: timeOf(join(directory, `${name}${RECORD}`)) }))
    .toSorted((one, other) => (one.time === other.time ? 0 : one.time < other.time ? -1 : 1));
  for (const { name } of copies.slice(0, -MAX_KEPT)) {
    remove(join(directory, `${name}${RECORD}`));
    remove(join(directory, name));
  }
}

function timeOf(path: string): bigint {
  const look = lookAt(path);
  return look.state === 'regular' ? look.stats.mtimeNs : 0n;
}

function notKept(route: Route, directory: string, actual: string): Finding {
  return finding('write-failed', {
    surface: route.surface,
    file: join(route.to, directory),
    actual,
    message: `The quarantine could not be written: ${actual}.`,
    fix: 'Check that the mirror is writable and has space.',
  });
}
