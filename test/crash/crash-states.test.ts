import { afterAll, describe, expect, it } from 'vitest';
import { crashStates } from './crash-states.js';
import { compileFileCalls, removeFileCalls } from './file-calls.js';
import { builtWriter } from './writer-copy.js';

const compiled = compileFileCalls();

afterAll(() => {
  if ('library' in compiled) removeFileCalls(compiled.library);
});

describe('every state in which a crash could leave the files of a writer', () => {
  const durable = { flush: [{ durable: true }] };
  const modes = [
    ['fast', { whole: false, flushed: false }, { options: { durability: 'fast' } }],
    ['atomic', { whole: true, flushed: false }, { options: { durability: 'atomic' } }],
    ['atomic, with durable flushes', { whole: true, flushed: true }, durable],
    ['durable', { whole: true, flushed: true }, { options: { durability: 'durable' }, ...durable }],
  ] as const;

  it.for(modes)('holds what the writer promises where state is %s', async ([, promise, settings], { skip }) => {
    if ('unavailable' in compiled) return skip(compiled.unavailable);
    const { states, violations } = await crashStates({ ...compiled, module: builtWriter }, promise, settings);
    expect(violations).toEqual([]);
    expect(states).toBeGreaterThan(200);
  });
});
