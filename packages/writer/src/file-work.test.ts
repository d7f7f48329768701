import { finding } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { driveJob } from './file-work.js';
import { createLane } from './lane.js';

/** A job that is done one piece per step, and fails at the steps given. */
function counted(failing: readonly number[]) {
  const job = {
    handed: 0,
    done: 0,
    steps: 0,
    async step(): Promise<void> {
      job.steps += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (failing.includes(job.steps)) throw new Error(`step ${job.steps}`);
      job.done += 1;
    },
  };
  const work = driveJob(job, createLane(), () => finding('write-failed'));
  const hand = (): void => {
    job.handed += 1;
    work.start();
  };
  return { job, work, hand };
}

it('goes on until everything is done', async () => {
  const { job, work, hand } = counted([]);
  for (let index = 0; index < 5; index += 1) hand();
  expect(await work.settle()).toEqual([]);
  expect(job).toMatchObject({ done: 5, steps: 5 });
});

it('waits after a failure until it is asked again', async () => {
  const { job, work, hand } = counted([1]);
  hand();
  expect(await work.settle()).toMatchObject([{ rule: 'write-failed' }]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(job).toMatchObject({ done: 0, steps: 1 });
  expect(await work.settle()).toEqual([]);
  expect(job).toMatchObject({ done: 1, steps: 2 });
});

it('tries again by itself where a piece came in while it failed', async () => {
  const { job, work, hand } = counted([1]);
  hand();
  await Promise.resolve();
  await Promise.resolve();
  expect(job.steps).toBe(1);
  hand();
  await expect.poll(() => job.done).toBe(2);
  expect(await work.settle()).toEqual([]);
  expect(job.steps).toBe(3);
});

it('settles on what was handed over before, though more keeps coming', async () => {
  const { job, work, hand } = counted([]);
  hand();
  const settled = work.settle();
  const flood = setInterval(hand, 0);
  await settled;
  clearInterval(flood);
  expect(job.done).toBeGreaterThan(0);
  await work.settle();
});

it('runs the tasks of a lane one after another, past one that fails', async () => {
  const lane = createLane();
  const seen: string[] = [];
  const task = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error(name);
  };
  await Promise.allSettled([lane.run(task('a')), lane.run(task('b'))]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});
