import { availableParallelism } from 'node:os';

/** Runs a task for each item, as many at a time as there are processors; resolves with the results in order. */
export async function inLanes<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  async function lane(): Promise<void> {
    for (const [index, item] of waiting) results[index] = await task(item);
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}
