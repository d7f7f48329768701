import { setImmediate as nextTurn } from 'node:timers/promises';

import { watchDirectories } from './directory-watch.js';
import { createHints } from './hints.js';

/** Passes that follow each other until they are stopped. */
export interface Loop {
  /** Resolves once the pass under way is done. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One pass; true when more work is waiting. */
  readonly run: () => Promise<boolean>;
  /**
   * Looks after one file that has changed, a path below the root; also while a pass is under way. Resolves to true where
   * it dealt with the file; else a pass follows in a moment.
   */
  readonly hint: (file: string) => Promise<boolean> | Promise<void>;
  /** Longest time between two passes, in milliseconds. */
  readonly intervalMs: number;
  readonly root: string;
  /** Directories below the root in which changes are followed. */
  readonly directories: () => readonly string[];
}

/** Passes that changes ask for do not follow each other more often than this, in milliseconds. */
const SHORTEST_GAP_MS = 20;

/** Starts a loop. It keeps the process alive until it is stopped. */
export function startLoop({ run, hint, intervalMs, root, directories }: LoopOptions): Loop {
  const seen = { stopped: false, isAsked: false };
  let rouse = (): void => undefined;
  const hints = createHints(async (file) => (await hint(file)) === true, askForPass);
  const watch = watchDirectories(root, (file) => (file === null ? askForPass() : hints.heard(file)));
  const done = Promise.resolve().then(cycle);

  return {
    stop: () => {
      seen.stopped = true;
      rouse();
      return done;
    },
  };

  async function cycle(): Promise<void> {
    while (!seen.stopped) {
      seen.isAsked = false;
      watch.refresh(directories());
      const hasMore = await run();
      // What is heard meanwhile gets its turn between two passes.
      if (hasMore) await nextTurn();
      else await untilDue();
    }
    watch.close();
    await hints.stop();
  }

  async function untilDue(): Promise<void> {
    const begun = performance.now();
    while (!seen.stopped) {
      const due = begun + (seen.isAsked ? Math.min(SHORTEST_GAP_MS, intervalMs) : intervalMs);
      const left = due - performance.now();
      if (left <= 0) return;
      await pause(left);
    }
  }

  function askForPass(): void {
    seen.isAsked = true;
    rouse();
  }

  /** Ends early when a pass is asked for. */
  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, milliseconds);
      rouse = end;
      if (seen.stopped) end();

      function end(): void {
        clearTimeout(timer);
        rouse = () => undefined;
        resolve();
      }
    });
  }
}
