import { stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { createCursor, drain, isAborted, isContinuedBy, unterminated } from './ledger-cursor.js';
import type { Batches, LedgerCursor } from './ledger-cursor.js';
import { brokenEntry } from './ledger-entry.js';
import type { LedgerEntry } from './ledger-entry.js';
import { openRegular, troubleOf } from './open-regular.js';

export interface TailOptions {
  /** Byte offset to start at: 0, or the `end` of an earlier entry. */
  readonly from?: number;
  /** Ends after this many entries. */
  readonly limit?: number;
  /** Ends the tail quietly when it is aborted. */
  readonly signal?: AbortSignal;
  /** Waits for lines to be appended, until the signal is aborted or the limit reached. */
  readonly follow?: boolean;
}

const POLL_MS = 100;

/**
 * The records of a ledger file in file order, legacy lines migrated. A line that is not understood is an entry with
 * findings and no record; a missing file yields nothing; a file that cannot be read yields one entry that says why.
 * Without `follow`, what stands after the last newline is one last entry with a `line-unterminated` finding.
 *
 * A followed file may be truncated or replaced: reading goes on where it was if the new content continues the old one,
 * and starts again at 0 if not. Memory is bounded by one chunk and one line. `root` bounds symbolic links and defaults
 * to the file's directory. Throws a RangeError where `from` is no byte offset.
 */
export function tailFile<N extends LedgerName>(
  ledger: N,
  file: string,
  options: TailOptions & { readonly root?: string } = {},
): AsyncGenerator<LedgerEntry<N>, void, undefined> {
  const { from = 0, limit = Infinity, root = dirname(file) } = options;
  if (!Number.isSafeInteger(from) || from < 0) throw new RangeError(`from is ${from}, expected a byte offset`);
  return entries({ cursor: createCursor(ledger, file, from), root, handle: null }, limit, options);
}

/** A tail in progress. */
interface Session<N extends LedgerName> {
  readonly root: string;
  cursor: LedgerCursor<N>;
  handle: FileHandle | null;
}

/** Batches, and in the end what kept it from reading on. */
type Progress<N extends LedgerName> = AsyncGenerator<Iterable<LedgerEntry<N>>, Finding | null, undefined>;

async function* entries<N extends LedgerName>(
  session: Session<N>,
  limit: number,
  options: TailOptions,
): AsyncGenerator<LedgerEntry<N>, void, undefined> {
  let left = limit;
  if (left <= 0) return;
  try {
    for await (const batch of batches(session, options)) {
      for (const entry of batch) {
        if (isAborted(options.signal)) return;
        yield entry;
        left -= 1;
        if (left <= 0) return;
      }
    }
  } finally {
    await session.handle?.close().catch(() => undefined);
  }
}

async function* batches<N extends LedgerName>(session: Session<N>, options: TailOptions): Batches<N> {
  const { signal, follow = false } = options;
  let reported: string | null = null;
  while (!isAborted(signal)) {
    const trouble = yield* step(session, options);
    if (trouble !== null && trouble.message !== reported) yield [troubleEntry(session.cursor, trouble)];
    if (!follow) {
      if (trouble === null) yield unterminated(session.cursor);
      return;
    }
    reported = trouble?.message ?? null;
    await pause(signal);
  }
}

/** Reads what there is to be read now. */
async function* step<N extends LedgerName>(session: Session<N>, { signal, follow }: TailOptions): Progress<N> {
  try {
    const trouble = session.handle === null ? await openAtPath(session) : null;
    if (session.handle === null) return trouble;
    if (follow === true) return yield* advance(session, session.handle, signal);
    yield* drain(session.cursor, session.handle, signal);
    return null;
  } catch (error) {
    return troubleOf(error).finding;
  }
}

/** Reads what was appended, and goes over to the file at the path where it is another one now. */
async function* advance<N extends LedgerName>(
  session: Session<N>,
  handle: FileHandle,
  signal: AbortSignal | undefined,
): Progress<N> {
  if (!(await isContinuedBy(session.cursor, handle))) yield restart(session);
  yield* drain(session.cursor, handle, signal);
  if (await isAtPath(handle, session.cursor.file)) return null;
  const trouble = await openAtPath(session);
  if (session.handle === null || session.handle === handle) return trouble;
  yield* drain(session.cursor, handle, signal);
  await handle.close();
  if (!(await isContinuedBy(session.cursor, session.handle))) yield restart(session);
  yield* drain(session.cursor, session.handle, signal);
  return null;
}

/** Puts the file at the path into the session, if there is one, or says what is wrong with it. */
async function openAtPath(session: Session<LedgerName>): Promise<Finding | null> {
  const opened = await openRegular(session.cursor.file, session.root);
  if (opened.ok) session.handle = opened.handle;
  return opened.ok || opened.missing ? null : opened.finding;
}

/** Goes back to the beginning; what stood after the last newline of the old content is never completed. */
function restart<N extends LedgerName>(session: Session<N>): LedgerEntry<N>[] {
  const { cursor } = session;
  session.cursor = createCursor(cursor.ledger, cursor.file, 0);
  return unterminated(cursor);
}

function troubleEntry<N extends LedgerName>(
  { ledger, file, position }: LedgerCursor<N>,
  trouble: Finding,
): LedgerEntry<N> {
  return brokenEntry({ offset: position, end: position }, null, { ledger, file, line: null }, [trouble]);
}

/** True while the path names the open file, or nothing: a file that was moved away is read until another appears. */
async function isAtPath(handle: FileHandle, file: string): Promise<boolean> {
  try {
    const [open, there] = await Promise.all([handle.stat({ bigint: true }), stat(file, { bigint: true })]);
    return open.ino === there.ino && open.dev === there.dev;
  } catch {
    return true;
  }
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await delay(POLL_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
