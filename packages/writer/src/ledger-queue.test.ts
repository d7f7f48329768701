import { registry } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { fileThread } from '../test/file-thread.js';
import { navPoint, temporaryDirectory } from '../test/fixtures.js';
import { encoderOf } from './encoders.js';
import { BELL } from './hand-off/words.js';
import { createLedgerQueue } from './ledger-queue.js';

const CAPACITY = 64 * 1024;

it('rings where it skipped the rest of its memory though the record fits nowhere: the thread gives that room back', async () => {
  const thread = fileThread('ledger', temporaryDirectory());
  const queue = createLedgerQueue(registry.nav_history, thread, CAPACITY, encoderOf('nav_history'), () => 1);
  for (let number = 0; queue.waiting() < CAPACITY / 2; number += 1) expect(queue.offer(navPoint(number))).toBe('taken');
  await thread.flush(false);
  expect(queue.waiting()).toBe(0);
  const line = `${'x'.repeat(CAPACITY * 0.6)}\n`;
  const bell = thread.words[BELL];
  expect(queue.offerLine(line)).toBe('full');
  expect(thread.words[BELL]).not.toBe(bell);
  await expect.poll(() => queue.waiting()).toBe(0);
  expect(queue.offerLine(line)).toBe('taken');
  await thread.end();
});
