import { watchDirectories } from './directory-watch.js';

/** Passes that follow each other until they are stopped. */
export interface Loop {
  /** Resolves once the pass under way is done. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One pass; true when more work is waiting. */
  readonly run: () => Promise<boolean>;
  /** Looks after one file that has changed, if it need not wait for the next pass; a path below the root. */
  readonly hint: (file: string) => Promise<void>;
  /** Longest time between two passes, in milliseconds. */
  readonly intervalMs: number;
  readonly root: string;
  /** Directories below the root in which changes are followed. */
  readonly directories: () => readonly string[];
}

/** After changes a pass over everything follows, but not more often than this, in milliseconds. */
const SHORTEST_GAP_MS = 20;

/** Starts a loop. It keeps the process alive until it is stopped. */
export function startLoop({ run, hint, intervalMs, root, directories }: LoopOptions): Loop {
  const changed = new Set<string>();
  const seen = { stopped: false, hasChanged: false };
  let rouse = (): void => undefined;
  const watch = watchDirectories(root, (file) => {
    seen.hasChanged = true;
    if (file !== null) changed.add(file);
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
      seen.hasChanged = false;
      watch.refresh(directories());
      if (!(await run())) await follow();
    }
    watch.close();
  }

  /** Looks after single files until the next pass is due. */
  async function follow(): Promise<void> {
    const begun = performance.now();
    while (!seen.stopped) {
      const [file] = changed;
      if (file !== undefined) {
        changed.delete(file);
        await hint(file);
      }
      const due = begun + (seen.hasChanged ? Math.min(SHORTEST_GAP_MS, intervalMs) : intervalMs);
      const left = due - performance.now();
      if (left <= 0) return;
      if (changed.size === 0) await pause(left);
    }
  }

  /** Ends early when something changes. */
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
