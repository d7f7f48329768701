import { watchDirectories } from './directory-watch.js';

/** Passes that follow each other until they are stopped. */
export interface Loop {
  /** Resolves once the pass under way is done. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One pass; true when more work is waiting. */
  readonly run: () => Promise<boolean>;
  /** Longest time between two passes, in milliseconds. */
  readonly intervalMs: number;
  /** Changes in these directories start a pass early. */
  readonly directories: readonly string[];
}

/** A writer that publishes all the time must not make the mirror spin, in milliseconds. */
const SHORTEST_GAP_MS = 2;

/** Starts a loop. It keeps the process alive until it is stopped. */
export function startLoop({ run, intervalMs, directories }: LoopOptions): Loop {
  const seen = { stopped: false, changed: false };
  let rouse = (): void => undefined;
  const watch = watchDirectories(directories, () => {
    seen.changed = true;
    rouse();
  });
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
      seen.changed = false;
      watch.refresh();
      if (await run()) continue;
      await pause(SHORTEST_GAP_MS, () => seen.stopped);
      await pause(intervalMs, () => seen.stopped || seen.changed);
    }
    watch.close();
  }

  /** Ends early as soon as `isOver` holds. */
  function pause(milliseconds: number, isOver: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, milliseconds);
      rouse = () => {
        if (isOver()) end();
      };
      rouse();

      function end(): void {
        clearTimeout(timer);
        rouse = () => undefined;
        resolve();
      }
    });
  }
}
