import type { Finding } from '@hedge-telemetry/contract';
import type { Lane } from './lane.js';

/** What a file still has to be given. The pieces are numbered from 1 in the order they were handed over. */
export interface FileJob {
  /** Number of the last piece that was handed over. */
  readonly handed: number;
  /** Number of the last piece that needs no more work. */
  readonly done: number;
  /** Does some of the work; rejects where the file cannot be written, with the work kept. */
  step(): Promise<void>;
}

/** Drives a job. */
export interface FileWork {
  /** Sees to it that an attempt is under way or queued. */
  start(): void;
  /** Resolves when all that was handed over before the call is done, or an attempt that included it has failed. */
  settle(): Promise<Finding[]>;
}

interface Attempt {
  /** Number of the last piece that was handed over when the attempt began. */
  readonly covered: number;
  readonly failure: Finding | null;
}

/**
 * Runs the steps of a job in a lane, never two at once. After a step that succeeded the rest of the work goes on; after
 * one that failed it waits for the next piece, start() or settle().
 */
export function driveJob(job: FileJob, lane: Lane, failed: (error: unknown) => Finding): FileWork {
  let current: Promise<Attempt> | null = null;

  function attempt(): Promise<Attempt> {
    current ??= lane.run(run);
    return current;
  }

  async function run(): Promise<Attempt> {
    const covered = job.handed;
    const failure = await job.step().then(() => null, failed);
    current = null;
    if (job.handed > (failure === null ? job.done : covered)) void attempt();
    return { covered, failure };
  }

  return {
    start() {
      void attempt();
    },
    async settle() {
      const target = job.handed;
      while (job.done < target) {
        const { covered, failure } = await attempt();
        if (failure !== null && covered >= target) return [failure];
      }
      return [];
    },
  };
}
