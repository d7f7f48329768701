import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { nav, temporaryDirectory } from '../../test/fixtures.js';
import { encoderOf } from '../encoders.js';
import { ENCODED } from '../hand-off/form.js';
import { createSlotMemory, createSlotWriter } from '../hand-off/slots.js';
import { createWords } from '../hand-off/words.js';
import { createRedaction } from '../redact/index.js';
import { COUNTERS } from './protocol.js';
import { createReviewer } from './reviewer.js';
import { createStateDesk } from './state-desk.js';
import type { Tools } from './tools.js';

/** The first byte of a nested value. */
const PRESENT = 1;

it('has nothing to wake for where a document that failed was overtaken by one that is not written at all', () => {
  const dir = path.join(temporaryDirectory(), 'logs');
  writeFileSync(dir, '');
  const desk = createStateDesk(toolsOf(dir));
  const memory = createSlotMemory(16 * 1024);
  const slots = createSlotWriter(memory, () => 1);
  desk.take('nav', memory);
  slots.publish(encoderOf('nav')(nav(1), 0, slots.region()), ENCODED);
  const now = performance.now();
  expect(desk.settle(false)).toMatchObject([{ rule: 'write-failed' }]);
  const [waits, later] = [desk.idle(now), now + 10_000];
  expect(waits).toBeLessThan(1000);
  expect(desk.idle(later)).toBe(0);
  // A member that the surface does not have.
  slots.region().bytes[0] = PRESENT;
  slots.region().bytes[1] = 0xff;
  slots.publish(2, ENCODED);
  expect(desk.work(later)).toBe(true);
  expect(desk.idle(later)).toBeGreaterThan(1000);
});

function toolsOf(dir: string): Tools {
  const redaction = createRedaction({ env: {} });
  return {
    data: {
      role: 'state',
      words: createWords(),
      counters: new Float64Array(new SharedArrayBuffer(8 * COUNTERS * Object.keys(registry).length)),
      dir,
      shown: 'logs',
      suffix: '.jsonl',
      mode: 'fast',
      rotation: {},
      keep: {},
      syncEvery: Infinity,
      redaction: {},
      token: 'token',
    },
    say: () => undefined,
    count: () => undefined,
    reviewer: (entry) => createReviewer(entry, redaction, () => undefined),
  };
}
