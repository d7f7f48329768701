/** Looks after single files as soon as something is heard of them. */
export interface Hints {
  /** A file has changed; a path below the root. */
  heard(file: string): void;
  /** Resolves once nothing is under way; what is heard from now on is left alone. */
  stop(): Promise<void>;
}

/** A file that changes all the time is looked after this often, in milliseconds; what was heard last always is. */
const SHORTEST_GAP_MS = 10;

/**
 * Makes hints of `look`, which resolves to true where it dealt with the file; else `fall` is called. Each file is looked
 * after on its own and begun with before `heard` returns, unless that was done a moment ago.
 */
export function createHints(look: (file: string) => Promise<boolean>, fall: () => void): Hints {
  /** Files that are looked after, or were a moment ago; true where they have changed since. */
  const resting = new Map<string, boolean>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  return {
    heard,
    stop: async () => {
      stopped = true;
      await Promise.all(underWay);
    },
  };

  function heard(file: string): void {
    if (stopped) return;
    const isResting = resting.has(file);
    resting.set(file, isResting);
    if (isResting) return;
    const work = lookAfter(file);
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  async function lookAfter(file: string): Promise<void> {
    // What made it fail comes out in the pass.
    const isDealtWith = await look(file).catch(() => false);
    if (!isDealtWith) fall();
    setTimeout(wake, SHORTEST_GAP_MS, file);
  }

  function wake(file: string): void {
    const hasChanged = resting.get(file) === true;
    resting.delete(file);
    if (hasChanged) heard(file);
  }
}
