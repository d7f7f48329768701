import { afterAll, describe, expect, it } from 'vitest';
import { crashStates } from './crash-states.js';
import { features } from './features.js';
import { compileFileCalls, removeFileCalls } from './file-calls.js';
import { builtWriter } from './writer-copy.js';

const compiled = compileFileCalls();

afterAll(() => {
  if ('library' in compiled) removeFileCalls(compiled.library);
});

describe('every state in which a crash could leave the files of a writer', () => {
  const durable = { flush: [{ durable: true }] };
  const modes = [
    ['by default', { whole: true, flushed: false }, {}, true],
    ['where state is fast', { whole: false, flushed: false }, { options: { durability: 'fast' } }, features.durability],
    [
      'where state is atomic',
      { whole: true, flushed: false },
      { options: { durability: 'atomic' } },
      features.durability,
    ],
    ['after durable flushes', { whole: true, flushed: true }, durable, features.durability],
    [
      'where state is durable',
      { whole: true, flushed: true },
      { options: { durability: 'durable' }, ...durable },
      features.durability,
    ],
  ] as const;

  it.for(modes)('holds what the writer promises %s', async ([, promise, settings, offered], { skip }) => {
    if (!offered) return skip('this writer has no option for it');
    if ('unavailable' in compiled) return skip(compiled.unavailable);
    const { states, violations } = await crashStates({ ...compiled, module: builtWriter }, promise, settings);
    expect(violations).toEqual([]);
    expect(states).toBeGreaterThan(200);
  });
});
