import type * as Writer from '@hedge-telemetry/writer';
import { expect, it } from 'vitest';
import { appendBehind, tornTails } from './torn-tails.js';
import { builtWriter } from './writer-copy.js';

it.each(tornTails)(
  'appends on a line of its own behind $title, and a reader loses no record beside it',
  async (tail) => {
    const { createWriter } = (await import(builtWriter)) as typeof Writer;
    expect(await appendBehind(tail, createWriter)).toEqual([]);
  },
);
