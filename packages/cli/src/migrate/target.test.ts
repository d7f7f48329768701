import { describe, expect, it } from 'vitest';
import { targetOption } from './target.js';

describe('targetOption', () => {
  it.each([
    ['latest', 1, 1],
    ['1', 1, 1],
    ['2.3.4', 2, 2],
    ['nav=2', 2, null],
    ['nav=2, positions=1.0.0', 2, 1],
  ])('reads %s', (text, nav, positions) => {
    const target = targetOption(text);
    expect([target('nav'), target('positions')]).toEqual([nav, positions]);
  });

  it.each(['', '0', '1.2', 'v1', '01', '99999', 'positions', 'nope=1', 'nav=x', 'nav=1=2', 'nav=1,', 'events=1'])(
    'refuses %j',
    (text) => {
      expect(() => targetOption(text)).toThrow(/expected|names no state surface/);
    },
  );
});
