import type { Finding } from '@hedge-telemetry/contract';
import { driveJob } from './file-work.js';
import type { FileJob } from './file-work.js';
import type { Lane } from './lane.js';
import { endLastLine, isCurrent, openLedger, sizeOf } from './open-ledger.js';
import type { OpenLedger } from './open-ledger.js';
import type { Counting, LedgerStats } from './stats.js';
import { writeBytes } from './write-bytes.js';

/** The file of a ledger. Lines reach it in the order they were handed over, each exactly once. */
export interface LedgerFile {
  /** Takes a line with its newline; returns at once. */
  hand(line: string): void;
  /** Resolves when every line handed over so far is on disk or could not be written. */
  settle(): Promise<Finding[]>;
  /** Closes the file. Lines that could not be written stay in memory. */
  close(): Promise<void>;
}

interface LedgerFileOptions {
  readonly file: string;
  readonly lane: Lane;
  readonly counters: Counting<LedgerStats>;
  readonly failed: (error: unknown) => Finding;
}

/** Where this writer's last write to the file ended. */
interface Tail {
  readonly inode: string;
  readonly size: number;
  /** Bytes of the first waiting line that are already in the file. */
  readonly partial: number;
}

/** A batch is closed once it is this long, in UTF-16 code units. */
const BATCH_LENGTH = 1 << 18;
const NEWLINE = 0x0a;

/**
 * Appends lines to a ledger in batches. Whatever is not written stays in memory. A line that was cut by an error is
 * continued where it was cut if the file still ends there; else it is ended and the whole line written anew.
 */
export function createLedgerFile({ file, lane, counters, failed }: LedgerFileOptions): LedgerFile {
  const waiting: string[] = [];
  let opened: OpenLedger | null = null;
  let tail: Tail | null = null;
  let closed = false;

  const job = {
    handed: 0,
    done: 0,
    async step(): Promise<void> {
      try {
        await writeBatch(await current());
      } catch (error) {
        counters.failed += 1;
        await release();
        throw error;
      }
      if (closed) await release();
    },
  } satisfies FileJob;
  const work = driveJob(job, lane, failed);

  async function current(): Promise<OpenLedger> {
    if (opened !== null && !(await isCurrent(file, opened))) await release();
    opened ??= await openLedger(file);
    return opened;
  }

  async function writeBatch(ledger: OpenLedger): Promise<void> {
    const bytes = Buffer.from(firstLines(waiting));
    const { size, partial } = await ready(ledger);
    const { end, error } = await writeBytes(ledger.handle, bytes, partial);
    settleLines(bytes.subarray(0, end), { inode: ledger.inode, size: size + end - partial });
    if (error !== null) throw error;
    await ledger.handle.datasync();
  }

  /** The file as this writer left it, or with its last line ended. */
  async function ready(ledger: OpenLedger): Promise<Tail> {
    const size = await sizeOf(ledger);
    if (tail !== null && tail.inode === ledger.inode && tail.size === size) return tail;
    return { inode: ledger.inode, size: await endLastLine(ledger, size), partial: 0 };
  }

  function settleLines(written: Buffer, at: { readonly inode: string; readonly size: number }): void {
    const count = countLines(written);
    waiting.splice(0, count);
    counters.written += count;
    job.done += count;
    tail = { ...at, partial: written.length - (written.lastIndexOf(NEWLINE) + 1) };
  }

  async function release(): Promise<void> {
    const handle = opened?.handle;
    opened = null;
    await handle?.close().catch(() => undefined);
  }

  return {
    hand(line) {
      waiting.push(line);
      job.handed += 1;
      work.start();
    },
    settle: () => work.settle(),
    close() {
      closed = true;
      return lane.run(release);
    },
  };
}

function firstLines(lines: readonly string[]): string {
  let length = 0;
  const end = lines.findIndex((line) => (length += line.length) >= BATCH_LENGTH);
  return (end === -1 ? lines : lines.slice(0, end + 1)).join('');
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
