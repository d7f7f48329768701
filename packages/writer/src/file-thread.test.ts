import type { Finding } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../test/fixtures.js';
import { createFileThread } from './file-thread.js';
import { createSlotMemory } from './hand-off/slots.js';

it('says that its thread ended, and lets no flush wait for it', async () => {
  const heard: Finding[] = [];
  const thread = createFileThread({
    role: 'state',
    surfaces: ['nav'],
    say: (each) => heard.push(each),
    dir: temporaryDirectory(),
    shown: 'logs',
    suffix: '.jsonl',
    mode: 'fast',
    rotation: {},
    keep: {},
    syncEvery: Infinity,
    // No list of secrets: the thread fails before it serves.
    redaction: { values: [null as never] },
    token: 'token',
  });
  thread.send({ slots: createSlotMemory(1024), surface: 'nav' });
  expect(await thread.flush(false)).toMatchObject([{ rule: 'thread-ended', level: 'error' }]);
  expect(heard).toMatchObject([{ rule: 'thread-ended', actual: expect.stringContaining('TypeError') }]);
});
