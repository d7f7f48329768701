import { documentTime, judgeAge } from '@hedge-telemetry/contract';
import type { SurfaceEntry } from '@hedge-telemetry/contract';

/** The times that a document gives its content, in seconds since 1970; the same where it has only one. */
export interface ContentTimes {
  readonly oldest: number;
  readonly newest: number;
  /** The newest time lies in the future of this clock reading. */
  readonly isFuture: (now: number) => boolean;
}

/** The times of a canonical document; null where it gives none. */
export function contentTimes(entry: SurfaceEntry, document: unknown): ContentTimes | null {
  const newest = documentTime(entry, document);
  if (newest === null) return null;
  const rows = entry.age.pointer.startsWith('/*') && Array.isArray(document) ? document : [];
  const times = rows.flatMap((row: unknown) => documentTime(entry, [row]) ?? []);
  return {
    oldest: times.reduce((oldest, each) => Math.min(oldest, each), newest),
    newest,
    isFuture: (now) => judgeAge(entry, document, newest, now).state === 'skewed',
  };
}

/**
 * True when the source was certainly written before the mirrored copy. Rows carry their own times, and the newest row
 * may be the one that was closed: all rows must precede all mirrored ones. A mirrored time in the future proves
 * nothing, and obeying it would freeze the mirror until then.
 */
export function isOlder(source: ContentTimes | null, mirrored: ContentTimes | null, now: number): boolean {
  if (source === null || mirrored === null || mirrored.isFuture(now)) return false;
  return source.newest < mirrored.oldest;
}
