import { lstatSync, readdirSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { ledgerNames, registry } from '@hedge-telemetry/contract';

/** A file into which lines of a ledger were rotated. */
export interface Segment {
  readonly path: string;
  readonly stats: BigIntStats;
  readonly isGzip: boolean;
}

interface Named {
  readonly name: string;
  /** The name without `.gz`. */
  readonly stem: string;
  /** What says when it was rotated: of two segments of one scheme the lesser is the older. */
  readonly order: string;
  readonly scheme: 'time' | 'count';
}

const COUNT_DIGITS = 12;
const NEVER = 10 ** COUNT_DIGITS;
/** `.1`, as logrotate counts: the highest is the oldest. */
const COUNTED = /^\.jsonl\.(?<count>\d{1,7})$/;
/** `.20261128T173555.123Z.jsonl` is ours; `.jsonl-20261128`, `.jsonl.2026-11-28_17-35` and `-20261128.jsonl` are logrotate's and Python's. */
const TIMED = /^(?:[.-](?<inner>\d[\dTZ_.:-]{7,})\.jsonl|\.jsonl[.-](?<outer>\d[\dTZ_.:-]{7,}))$/;

const ledgerStems = ledgerNames.map((name) => stemOf(registry[name].file));

/**
 * The segments of the ledger at `file`, oldest first. Where a segment is there both plain and compressed the plain one
 * counts. Files that vanish meanwhile are left out. Throws where the directory cannot be read.
 */
export function listSegments(file: string): Segment[] {
  const directory = dirname(file);
  const named = readdirSync(directory).flatMap((name) => segmentName(stemOf(file), name) ?? []);
  const plain = new Set(named.filter(({ name, stem }) => name === stem).map(({ stem }) => stem));
  return inOrder(
    named
      .filter(({ name, stem }) => name === stem || !plain.has(stem))
      .flatMap((each) => {
        const stats = lstatSync(join(directory, each.name), { bigint: true, throwIfNoEntry: false });
        return stats?.isFile() === true ? [{ ...each, stats }] : [];
      }),
  ).map(({ name, stem, stats }) => ({ path: join(directory, name), stats, isGzip: name !== stem }));
}

/** True for the name of a file of `execution/` that belongs to a ledger beside the ledger itself: a segment, a lock, a segment in the making. */
export function belongsToLedger(name: string): boolean {
  return ledgerStems.some(
    (stem) =>
      segmentName(stem, name) !== null ||
      name === `.${stem}.jsonl.lock` ||
      (name.startsWith(`.${stem}.`) && /\.jsonl\.gz\.\d+\.[^.]+\.tmp$/.test(name)),
  );
}

function stemOf(file: string): string {
  return basename(file, '.jsonl');
}

function segmentName(ledger: string, name: string): Named | null {
  if (!name.startsWith(ledger)) return null;
  const stem = name.endsWith('.gz') ? name.slice(0, -'.gz'.length) : name;
  const rest = stem.slice(ledger.length);
  const count = COUNTED.exec(rest)?.groups?.['count'];
  if (count !== undefined)
    return { name, stem, scheme: 'count', order: String(NEVER - Number(count)).padStart(COUNT_DIGITS + 1, '0') };
  const { inner, outer } = TIMED.exec(rest)?.groups ?? {};
  const time = inner ?? outer;
  return time === undefined ? null : { name, stem, scheme: 'time', order: time };
}

/** By what the names say; where they are of two schemes, which cannot be compared, by the time of the last write. */
function inOrder<T extends Named & { readonly stats: BigIntStats }>(segments: readonly T[]): T[] {
  const isMixed = new Set(segments.map(({ scheme }) => scheme)).size > 1;
  return segments.toSorted((one, other) => {
    if (isMixed && one.stats.mtimeNs !== other.stats.mtimeNs) return one.stats.mtimeNs < other.stats.mtimeNs ? -1 : 1;
    return one.order < other.order ? -1 : 1;
  });
}
