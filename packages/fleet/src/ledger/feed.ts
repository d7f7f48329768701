import { finding } from '@hedge-telemetry/contract';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import type { LedgerFile } from './content.js';
import { viewLedger } from './files.js';
import type { LedgerView } from './files.js';
import { linesFrom } from './lines.js';
import type { RawLine } from './lines.js';
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
}

/** What a ledger's files hold behind a position. */
export interface LedgerFeed {
  /** Behind the last line that was taken; null where nothing was sent yet. */
  readonly position: LedgerPosition | null;
  /** Bytes that were not taken yet, as they lie on disk. */
  readonly lagBytes: number;
  /**
   * The lines behind the position, rotated segments first. A last line without a newline waits, unless it is that of
   * a segment. Rejects where a file cannot be read.
   */
  lines(report: (finding: Finding) => void): AsyncGenerator<FeedLine, void, undefined>;
  /** True where the files hold the position. */
  knows(): Promise<boolean>;
}

interface Place {
  readonly index: number;
  /** Byte offset to go on at. */
  readonly from: number;
  readonly generation: string | null;
  readonly previous: string | null;
}

/** Follows the ledger at `path` from the position that the server holds. */
export function createLedgerFeed(
  entry: SurfaceEntry,
  path: string,
  source: string,
  start: LedgerPosition | null,
): LedgerFeed {
  const locator = createLocator();
  let position = start;
  let lagBytes = 0;

  return {
    lines,
    knows,
    get position() {
      return position;
    },
    get lagBytes() {
      return lagBytes;
    },
  };

  async function knows(): Promise<boolean> {
    if (position === null || position.generation === NO_GENERATION) return true;
    const view = viewLedger(path);
    try {
      return (await locator.locate(view, position)) !== -1;
    } finally {
      view.close();
    }
  }

  async function* lines(report: (finding: Finding) => void): AsyncGenerator<FeedLine, void, undefined> {
    const view = viewLedger(path);
    try {
      let place: Place | null = await startOf(view, report);
      while (place !== null) {
        yield* fileLines(view, place);
        place = await nextOf(view, place);
      }
    } finally {
      view.close();
    }
  }

  async function startOf(view: LedgerView, report: (finding: Finding) => void): Promise<Place | null> {
    if (position === null || position.generation === NO_GENERATION) return placeAt(view, 0, null);
    const { generation, previous } = position;
    const index = await locator.locate(view, position);
    if (index !== -1) return { index, from: position.offset + position.length, generation, previous };
    if (view.files.length > 0) report(gap(entry, path, position));
    return placeAt(view, await behind(view, previous), generation);
  }

  /** Retention takes the oldest first: if the generation before the lost one is there, what precedes it was sent. */
  async function behind(view: LedgerView, previous: string | null): Promise<number> {
    for (const [index, file] of view.files.entries()) {
      if (previous !== null && (await locator.generation(view, file)) === previous) return index + 1;
    }
    return 0;
  }

  async function placeAt(view: LedgerView, index: number, previous: string | null): Promise<Place | null> {
    const file = view.files[index];
    if (file === undefined) return null;
    const generation = await locator.generation(view, file);
    if (generation === null) return file.kind === 'segment' ? placeAt(view, index + 1, previous) : null;
    return { index, from: 0, generation, previous };
  }

  function nextOf(view: LedgerView, place: Place): Promise<Place | null> {
    return placeAt(view, place.index + 1, place.generation);
  }

  async function* fileLines(view: LedgerView, place: Place): AsyncGenerator<FeedLine, void, undefined> {
    const file = view.files[place.index];
    if (file === undefined) return;
    const content = view.open(file);
    if (content === null) throw new Error('the file was removed while it was to be read');
    lagBytes = behindBytes(view, place.index, content.size - (file.gzip ? 0 : place.from));
    try {
      for await (const raw of linesFrom(content, place.from, file.kind === 'segment')) {
        const line = taken(raw, file, place);
        ({ position } = line);
        if (!file.gzip) lagBytes -= raw.length;
        yield line;
      }
      if (file.gzip) lagBytes = behindBytes(view, place.index, 0);
    } finally {
      content.close();
    }
  }

  function taken({ offset, length, bytes, complete }: RawLine, file: LedgerFile, place: Place): FeedLine {
    const { generation, previous } = place;
    const line = bytes === null ? null : fingerprint(bytes);
    const behindLine = { generation: generation ?? NO_GENERATION, previous, offset, length, line, source };
    return { position: behindLine, bytes, complete, file: file.path };
  }
}

/** What is left of a file, and everything behind it. */
function behindBytes(view: LedgerView, index: number, left: number): number {
  let bytes = left;
  for (const file of view.files.slice(index + 1)) {
    const content = view.open(file);
    bytes += content?.size ?? 0;
    content?.close();
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
