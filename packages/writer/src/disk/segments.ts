import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { hasNoDirectory } from './errno.js';

/** A rotated part of a ledger. */
export interface Segment {
  readonly file: string;
  /** When it was rotated, in milliseconds since 1970. */
  readonly rotated: number;
  readonly compressed: boolean;
  readonly bytes: number;
}

const EXTENSION = '.jsonl';
const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{3})Z$/;

/**
 * A name for a segment of the ledger `file` that was rotated at `time` (milliseconds since 1970), or in the next free
 * millisecond: `<ledger>.<UTC>.jsonl`. Names sort as times do.
 */
export function segmentName(file: string, time: number): string {
  const { dir, name } = path.parse(file);
  for (let at = Math.floor(time); ; at += 1) {
    const segment = path.join(dir, `${name}.${stampOf(at)}${EXTENSION}`);
    if (!existsSync(segment) && !existsSync(`${segment}.gz`)) return segment;
  }
}

/** Path of a segment as the user knows it, who knows the ledger as `shown`. */
export function segmentShown(shown: string, segment: string): string {
  return path.join(path.dirname(shown), path.basename(segment));
}

/** The segments of the ledger `file`, oldest first. Throws the system's error, except where there is no directory. */
export function segmentsOf(file: string): readonly Segment[] {
  const { dir, name } = path.parse(file);
  return namesIn(dir)
    .flatMap((each) => {
      const parsed = each.startsWith(`${name}.`) ? parse(each.slice(name.length + 1)) : null;
      const bytes = parsed === null ? null : regularSize(path.join(dir, each));
      return parsed === null || bytes === null ? [] : [{ ...parsed, file: path.join(dir, each), bytes }];
    })
    .toSorted((a, b) => a.rotated - b.rotated || Number(a.compressed) - Number(b.compressed));
}

function stampOf(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]/g, '');
}

function parse(rest: string): Pick<Segment, 'rotated' | 'compressed'> | null {
  const compressed = rest.endsWith(`${EXTENSION}.gz`);
  if (!compressed && !rest.endsWith(EXTENSION)) return null;
  const stamp = rest.slice(0, -(compressed ? `${EXTENSION}.gz` : EXTENSION).length);
  const [, year, month, day, hour, minute, second, ms] = STAMP.exec(stamp) ?? [];
  const rotated = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(rotated) ? null : { rotated, compressed };
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (hasNoDirectory(error)) return [];
    throw error;
  }
}

function regularSize(file: string): number | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : null;
}
