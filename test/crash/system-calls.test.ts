import { afterAll, describe, expect, it } from 'vitest';
import { compileFileCalls, removeFileCalls } from './file-calls.js';
import type { Call, Fault } from './file-calls.js';
import { inLanes } from './lanes.js';
import { seededRandom } from '../random.js';
import { settings } from './settings.js';
import { strike } from './strike.js';
import { bundle, copyWriter } from './writer-copy.js';

const CALLS: readonly Call[] = ['open', 'write', 'sync', 'rename'];
const ERRORS = ['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'EDQUOT'] as const;
/** Whichever number a fault strikes at in the sample; a sweep counts on until it no longer arises. */
const SAMPLED_NUMBERS = 12;

const compiled = compileFileCalls();
const random = seededRandom(settings.seed);

afterAll(() => {
  if ('library' in compiled) removeFileCalls(compiled.library);
});

describe('the Nth file call of a writer', { timeout: Infinity }, () => {
  const errors = CALLS.flatMap((call) =>
    ERRORS.flatMap((action) => [false, true].map((persistent) => ({ call, action, persistent }))),
  );
  it('costs a finding and nothing else where it fails, once or until the fault ends', ({ skip }) =>
    sweep(errors, skip));

  const shortened = ['short', 'full'].map((action) => ({ call: 'write', action, persistent: true }) as const);
  it('loses nothing where it writes less than asked, without an error or before one', ({ skip }) =>
    sweep(shortened, skip));

  const deadly = CALLS.map((call) => ({ call, action: 'kill', persistent: false }));
  const torn = { call: 'write', action: 'half', persistent: false } as const;
  it('leaves nothing torn and nothing flushed missing where it kills the process', ({ skip }) =>
    sweep([...deadly, torn, torn], skip));
});

/** Tries each fault at every number at which it arises, or at one chosen at random. */
async function sweep(faults: readonly Omit<Fault, 'at'>[], skip: (reason: string) => void): Promise<void> {
  if ('unavailable' in compiled) return skip(compiled.unavailable);
  const bench = { library: compiled.library, module: await bundle(copyWriter()) };
  let struck = 0;
  const found = await inLanes(faults, async (fault) => {
    const violations: string[] = [];
    for (let at = settings.sweepAll ? 1 : 1 + Math.floor(random() * SAMPLED_NUMBERS); ; at += 1) {
      const result = await strike(bench, { ...fault, at });
      violations.push(...result.violations);
      if (result.fired) struck += 1;
      if (!result.fired || !settings.sweepAll) return violations;
    }
  });
  console.log(`${struck} calls struck; seed ${settings.seed}`);
  expect(found.flat()).toEqual([]);
  expect(struck).toBeGreaterThan(faults.length / 2);
}
