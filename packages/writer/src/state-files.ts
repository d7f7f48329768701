import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '@hedge-telemetry/contract';
import { writeAtomically } from './atomic-write.js';
import { fileIdentity } from './file-identity.js';
import { driveJob } from './file-work.js';
import type { FileJob } from './file-work.js';
import type { Lane } from './lane.js';
import type { Counting, SurfaceStats } from './stats.js';

/** The file of a state surface. Only the newest text that was handed over matters. */
export interface StateFile {
  /** Takes the next text of the file; returns at once. */
  hand(text: string): void;
  /** Resolves when the newest text is on disk or could not be written. */
  settle(): Promise<Finding[]>;
}

interface StateFileOptions {
  readonly file: string;
  readonly lane: Lane;
  readonly counters: Counting<SurfaceStats>;
  readonly failed: (error: unknown) => Finding;
}

/** Tells the temporary files of this writer from those of another in a process with the same id. */
const RANDOM_BYTES = 6;

/** Writes a state file atomically, the newest text last. A text that could not be written is kept and tried again. */
export function createStateFile({ file, lane, counters, failed }: StateFileOptions): StateFile {
  const temporary = temporaryNames(file);
  let waiting: string | null = null;
  let last: { readonly text: string; readonly identity: string } | null = null;

  const job = {
    handed: 0,
    done: 0,
    async step(): Promise<void> {
      const number = job.handed;
      const text = waiting;
      if (text === null) return;
      waiting = null;
      try {
        await put(text);
      } catch (error) {
        counters.failed += 1;
        if (waiting === null) waiting = text;
        else counters.coalesced += 1;
        throw error;
      }
      job.done = number;
    },
  } satisfies FileJob;
  const work = driveJob(job, lane, failed);

  async function put(text: string): Promise<void> {
    if (last?.text === text && (await identityOf(file)) === last.identity) {
      counters.unchanged += 1;
      return;
    }
    const identity = await writeAtomically(file, temporary(), text);
    last = { text, identity };
    counters.written += 1;
  }

  return {
    hand(text) {
      if (waiting !== null) counters.coalesced += 1;
      waiting = text;
      job.handed += 1;
      work.start();
    },
    settle: () => work.settle(),
  };
}

async function identityOf(file: string): Promise<string | null> {
  try {
    return fileIdentity(await stat(file, { bigint: true }));
  } catch {
    return null;
  }
}

function temporaryNames(file: string): () => string {
  const { dir, base } = path.parse(file);
  const random = randomBytes(RANDOM_BYTES).toString('hex');
  let counter = 0;
  return () => path.join(dir, `.${base}.${process.pid}.${(counter += 1)}.${random}.tmp`);
}
