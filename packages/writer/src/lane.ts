/**
 * Runs file tasks one after another, in the order they came. A writer holds two lanes and so at most two threads of the
 * process's pool, however slow the disk is; the rest stay free for the executor.
 */
export interface Lane {
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** An idle lane. */
export function createLane(): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const result = last.then(task);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
