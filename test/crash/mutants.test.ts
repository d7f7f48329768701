import type * as Writer from '@hedge-telemetry/writer';
import { afterAll, describe, expect, it } from 'vitest';
import { crashStates } from './crash-states.js';
import { compileFileCalls, removeFileCalls } from './file-calls.js';
import type { Call } from './file-calls.js';
import { mutants } from './mutants.js';
import type { Experiment } from './mutants.js';
import { strike } from './strike.js';
import type { Bench } from './strike.js';
import { appendBehind, tornTails } from './torn-tails.js';
import { copyWriter, mutate } from './writer-copy.js';

const LAST_STRUCK = 12;

const compiled = compileFileCalls();

afterAll(() => {
  if ('library' in compiled) removeFileCalls(compiled.library);
});

describe('the crash suite', { timeout: Infinity }, () => {
  it.for(mutants)('sees that $title', async ({ edits, seenBy, saying }, { skip }) => {
    if ('unavailable' in compiled) return skip(compiled.unavailable);
    const copy = copyWriter();
    for (const edit of edits) mutate(copy, edit);
    const violations = await experiments[seenBy]({ module: copy.module, library: compiled.library });
    expect(violations.join('\n')).toMatch(saying);
  });
});

/** The parts of the suite, each small enough to be run on many mutants; all of them find nothing on the writer itself. */
const experiments: Readonly<Record<Experiment, (bench: Bench) => Promise<readonly string[]>>> = {
  'crash states': async (bench) => (await crashStates(bench, { whole: true, flushed: false })).violations,
  'durable crash states': async (bench) =>
    (await crashStates(bench, { whole: true, flushed: true }, { flush: [{ durable: true }] })).violations,
  async 'torn tails'({ module }) {
    const { createWriter } = (await import(module)) as typeof Writer;
    return (await Promise.all(tornTails.map((tail) => appendBehind(tail, createWriter)))).flat();
  },
  errors: (bench) => strikes(bench, ['open', 'write', 'rename'], 'ENOSPC'),
  deaths: (bench) => strikes(bench, ['rename'], 'kill'),
  'a full disk': (bench) => strikes(bench, ['write'], 'full'),
};

/** Strikes the first calls of each kind, one after another and for ever, until something is found. */
async function strikes(bench: Bench, calls: readonly Call[], action: string): Promise<readonly string[]> {
  for (let at = 1; at <= LAST_STRUCK; at += 1)
    for (const call of calls) {
      const { violations } = await strike(bench, { call, action, at, persistent: true });
      if (violations.length > 0) return violations;
    }
  return [];
}
