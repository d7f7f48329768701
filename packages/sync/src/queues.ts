import type { Allowance, Outcome, SurfaceMirror } from './surface-mirror.js';

/** Sees to it that what is done for one file is done one after the other. */
export interface Queues {
  /** Begins at once where nothing is under way for the file. */
  pass(mirror: SurfaceMirror, allowance: Allowance): Promise<Outcome>;
}

/** Makes the queues of the files of one mirror. */
export function createQueues(): Queues {
  const latest = new Map<string, Promise<Outcome>>();
  return {
    pass(mirror, allowance) {
      const before = latest.get(mirror.file);
      const result = before === undefined ? mirror.pass(allowance) : before.then(() => mirror.pass(allowance));
      latest.set(mirror.file, result);
      const end = (): void => {
        if (latest.get(mirror.file) === result) latest.delete(mirror.file);
      };
      void result.then(end, end);
      return result;
    },
  };
}
