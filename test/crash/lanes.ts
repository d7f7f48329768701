import { availableParallelism } from 'node:os';

/** Runs a task for each item, as many at a time as there are processors; resolves with the results in order. */
export async function inLanes<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      results[index] = await task(items[index] as T);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}
