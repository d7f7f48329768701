import type { Activity } from '../activity.js';
import type { Signal } from '../attempt.js';
import type { ProcessRun } from '../process.js';
import { HOSTNAME } from '../settings.js';
import type { Settings } from '../settings.js';

/** When and by which process the lines of a loop are written. */
export interface Stamp {
  /** Seconds since 1970. */
  readonly at: number;
  readonly run: ProcessRun;
  readonly settings: Settings;
}

/** The activity of one kind. */
export type ActivityOf<Kind extends Activity['kind']> = Extract<Activity, { kind: Kind }>;

/** The process that writes a line. */
export function writerOf({ run }: Stamp): { run_id: string; pid: number; hostname: string } {
  return { run_id: run.runId, pid: run.pid, hostname: HOSTNAME };
}

/** The ids that join the lines of one signal. */
export function joinOf({ attemptId, intentId }: Signal): { attempt_id: string; intent_id: string } {
  return { attempt_id: attemptId, intent_id: intentId };
}
