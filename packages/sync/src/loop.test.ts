import { expect, test } from 'vitest';

import { temporaryDirectory } from '../test/roots.js';
import { startLoop } from './loop.js';

test('leaves others their turn between passes that always have more to do', async () => {
  let passes = 0;
  let turnAt = 0;
  const loop = startLoop({
    run: () => {
      passes += 1;
      return Promise.resolve(passes < 20_000);
    },
    hint: () => Promise.resolve(true),
    intervalMs: 60_000,
    root: temporaryDirectory(),
    directories: () => [],
  });
  setImmediate(() => {
    turnAt = passes;
  });
  await expect.poll(() => passes).toBeGreaterThan(100);
  await loop.stop();
  expect(turnAt).toBeLessThan(100);
});
