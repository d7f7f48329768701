import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { fileThread } from '../test/file-thread.js';
import { fileOf, navPoint, temporaryDirectory } from '../test/fixtures.js';
import { createSlotMemory } from './hand-off/slots.js';
import { createWriter } from './index.js';

it('says that its thread ended, by the name of the error alone, and lets no flush wait for it', async () => {
  const heard: Finding[] = [];
  // No list of secrets: the thread fails before it serves.
  const redaction = { values: [null as never] };
  const thread = fileThread('state', temporaryDirectory(), { redaction }, (each) => heard.push(each));
  thread.send({ slots: createSlotMemory(1024), surface: 'nav' });
  expect(await thread.flush(false)).toMatchObject([{ rule: 'thread-ended', level: 'error', actual: 'TypeError' }]);
  expect(heard).toMatchObject([{ rule: 'thread-ended', actual: 'TypeError' }]);
});

it('has given up its files when it ended, whoever asked for that first', async () => {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir });
  writer.append('nav_history', navPoint(1));
  await writer.flush();
  const ledger = fileOf(dir, 'nav_history');
  const lock = path.join(path.dirname(ledger), `.${path.basename(ledger)}.lock`);
  expect(existsSync(lock)).toBe(true);
  const first = writer.close();
  await writer.close();
  expect(existsSync(lock)).toBe(false);
  await first;
});
