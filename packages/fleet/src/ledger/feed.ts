import { finding } from '@hedge-telemetry/contract';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import { isDamage, Moved } from './content.js';
import type { LedgerContent } from './content.js';
import { SinkError } from '../sink.js';
import { viewLedger } from './files.js';
import type { LedgerView } from './files.js';
import { createLineCount } from './line-count.js';
import { linesFrom } from './lines.js';
import { createLocator } from './locate.js';
import { fingerprint, NO_GENERATION } from './position.js';
import type { LedgerPosition } from './position.js';

/** A line that is to be sent, and where the ledger stands behind it. */
export interface FeedLine {
  readonly position: LedgerPosition;
  /** The line with its newline; null where it is longer than a reader accepts. */
  readonly bytes: Buffer | null;
  readonly complete: boolean;
  readonly file: string;
  /** Bytes that it takes off `lagBytes`. */
  readonly diskBytes: number;
  /** Its number in the file, from 1. Rejects where the file cannot be read. */
  number(): Promise<number>;
}

/** What the files of a ledger know of a position. */
export type Standing = 'held' | 'diverged' | 'unknown';

/** What a ledger's files hold behind a position. */
export interface LedgerFeed {
  /** Behind the last line that was taken; null where nothing was sent yet. */
  readonly position: LedgerPosition | null;
  /** Bytes that were not taken yet, as they lie on disk. */
  readonly lagBytes: number;
  /**
   * The lines behind the position, rotated segments first. A last line without a newline waits, unless it is that of
   * a segment. A compressed segment that is damaged is read up to the damage. Rejects where a file cannot be read, and
   * with a SinkError where the server's position is to be read anew.
   */
  lines(report: (finding: Finding) => void): AsyncGenerator<FeedLine, void, undefined>;
  /** Moves the position behind a line, which is in other hands now. A line that was not taken comes again. */
  take(line: FeedLine): void;
  /** Whether the files hold a position, begin as its generation did and then differ, or know nothing of it. Rejects where one cannot be read. */
  standing(of: LedgerPosition): Promise<Standing>;
}

interface Place {
  readonly index: number;
  /** Byte offset to go on at. */
  readonly from: number;
  readonly generation: string;
  readonly previous: string | null;
}

type Report = (finding: Finding) => void;

const ATTEMPTS = 4;

export interface LedgerFeedOptions {
  readonly entry: SurfaceEntry;
  /** The file that is being written. */
  readonly path: string;
  readonly source: string;
  /** Where the server stands. */
  readonly start: LedgerPosition | null;
  /** The files held that position when the session began: if they do not any more, it is to be found anew. */
  readonly held: boolean;
}

/** Follows a ledger from the position that the server holds. */
export function createLedgerFeed({ entry, path, source, start, held }: LedgerFeedOptions): LedgerFeed {
  const locator = createLocator();
  let position = start;
  let lagBytes = 0;

  return {
    lines,
    take: (line) => {
      ({ position } = line);
      lagBytes -= line.diskBytes;
    },
    standing,
    get position() {
      return position;
    },
    get lagBytes() {
      return lagBytes;
    },
  };

  async function standing(of: LedgerPosition): Promise<Standing> {
    if (of.generation === NO_GENERATION) return 'held';
    for (let left = ATTEMPTS; ; left -= 1) {
      const view = await viewLedger(path);
      try {
        if ((await locator.locate(view, of)) !== -1) return 'held';
        const isBegun = await isBegunAlike(view, of.generation);
        view.check();
        return isBegun ? 'diverged' : 'unknown';
      } catch (error) {
        if (!(error instanceof Moved) || left <= 1) throw error;
      } finally {
        view.close();
      }
    }
  }

  async function isBegunAlike(view: LedgerView, generation: string): Promise<boolean> {
    for (const file of view.files) if ((await locator.generation(view, file)) === generation) return true;
    return false;
  }

  async function* lines(report: Report): AsyncGenerator<FeedLine, void, undefined> {
    for (let left = ATTEMPTS; left > 0; left -= 1) {
      const view = await viewLedger(path);
      try {
        let place: Place | null = await startOf(view, report);
        while (place !== null) {
          yield* fileLines(view, place, report);
          place = await placeAt(view, place.index + 1, place.generation, report);
        }
        return;
      } catch (error) {
        if (!(error instanceof Moved) || left <= 1) throw error;
      } finally {
        view.close();
      }
    }
  }

  async function startOf(view: LedgerView, report: Report): Promise<Place | null> {
    if (position === null || position.generation === NO_GENERATION) return placeAt(view, 0, null, report);
    const { generation, previous } = position;
    const index = await locator.locate(view, position);
    if (index !== -1) return { index, from: position.offset + position.length, generation, previous };
    const isBegun = await isBegunAlike(view, generation);
    view.check();
    if (held && isBegun) throw new SinkError('conflict', 'the ledger does not hold any more what was sent of it');
    if (view.files.length > 0) report(gap(entry, path, position));
    return placeAt(view, await behind(view, previous), generation, report);
  }

  /** Retention takes the oldest first: if the generation before the lost one is there, what precedes it was sent. */
  async function behind(view: LedgerView, previous: string | null): Promise<number> {
    for (const [index, file] of view.files.entries()) {
      if (previous !== null && (await locator.generation(view, file)) === previous) return index + 1;
    }
    return 0;
  }

  async function placeAt(
    view: LedgerView,
    index: number,
    previous: string | null,
    report: Report,
  ): Promise<Place | null> {
    const file = view.files[index];
    if (file === undefined) return null;
    const generation = await locator.generation(view, file);
    if (generation !== null) return { index, from: 0, generation, previous };
    if (file.kind === 'current') return null;
    if (file.gzip) report(damaged(entry, file.path, 'it cannot be unpacked from its beginning on'));
    return placeAt(view, index + 1, previous, report);
  }

  async function* fileLines(
    view: LedgerView,
    { index, from, generation, previous }: Place,
    report: Report,
  ): AsyncGenerator<FeedLine, void, undefined> {
    const file = view.files[index];
    if (file === undefined) return;
    const content = file.kind === 'current' ? checked(view.open(file), view) : view.open(file);
    const count = createLineCount(content, from);
    lagBytes = behindBytes(view, index, content.size - (file.gzip ? 0 : from));
    try {
      for await (const { offset, length, bytes, complete } of linesFrom(content, from, file.kind === 'segment')) {
        const line = bytes === null ? null : fingerprint(bytes);
        yield {
          position: { generation, previous, offset, length, line, source },
          bytes,
          complete,
          file: file.path,
          diskBytes: file.gzip ? 0 : length,
          number: count.next(),
        };
      }
    } catch (error) {
      if (!file.gzip || !isDamage(error)) throw error;
      report(damaged(entry, file.path, error.message));
    } finally {
      content.close();
    }
    if (file.gzip) lagBytes = behindBytes(view, index, 0);
  }
}

/** A ledger that is copied and truncated while it is read holds other bytes from then on: those are not taken for its own. */
function checked(content: LedgerContent, view: LedgerView): LedgerContent {
  return {
    ...content,
    chunks: async function* (from) {
      for await (const chunk of content.chunks(from)) {
        view.check();
        yield chunk;
      }
    },
  };
}

/** What is left of a file, and everything behind it. */
function behindBytes(view: LedgerView, index: number, left: number): number {
  let bytes = left;
  for (const file of view.files.slice(index + 1)) {
    const content = view.open(file);
    bytes += content.size;
    content.close();
  }
  return Math.max(0, bytes);
}

function gap(entry: SurfaceEntry, file: string, { generation, offset, length }: LedgerPosition): Finding {
  return finding('remote-gap', {
    surface: entry.name,
    file,
    expected: `the generation ${generation}, of which ${offset + length} bytes were sent`,
    actual: 'files that do not begin with it',
  });
}

function damaged({ name }: SurfaceEntry, file: string, reason: string): Finding {
  return finding('file-unreadable', {
    surface: name,
    file,
    expected: 'a whole gzip file',
    actual: reason,
    message: 'The compressed segment is damaged; lines behind the damage were not sent.',
    fix: 'Restore the segment from a copy; see what was writing it when it was cut off.',
  });
}
