import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { GENERATION_BYTES, generationOfHead } from './index.js';

const of = (text: string): string => generationOfHead(Buffer.from(text));

describe('the generation of a ledger file', () => {
  it('is half the hash of the first line without its newline', () => {
    const hash = createHash('sha256').update('{"a":1}').digest('hex');
    expect(of('{"a":1}\n{"b":2}\n')).toBe(hash.slice(0, 32));
  });

  it('stays what it is while the file grows, and is another where the first line is another', () => {
    expect(of('{"a":1}\n{"b":2}\n')).toBe(of('{"a":1}\n'));
    expect(of('{"a":2}\n')).not.toBe(of('{"a":1}\n'));
    expect(of('\n')).toBe(of(''));
  });

  it('counts the bytes of a long line up to the bound, the newline behind it or not', () => {
    const long = 'x'.repeat(GENERATION_BYTES);
    expect(of(`${long}y\n`)).toBe(of(`${long}z\n`));
    expect(of(`${long}\n`)).toBe(of(long));
    expect(of(`${long.slice(1)}y\n`)).not.toBe(of(`${long}\n`));
  });
});
