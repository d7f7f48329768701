import { describe, expect, it } from 'vitest';
import { safe } from './safe.js';

describe('safe', () => {
  it.each([
    ['an escape sequence', 'a\u001b[2J', 'a\uFFFD[2J'],
    ['a C1 control', '\u009b1m', '\uFFFD1m'],
    ['line breaks', 'a\r\nb\u2028c\u2029d', 'a\uFFFD\uFFFDb\uFFFDc\uFFFDd'],
    ['what turns the direction of text', '\u202ea\u2066b\u061cc', '\uFFFDa\uFFFDb\uFFFDc'],
    ['half a surrogate pair', 'a\ud83db', 'a\uFFFDb'],
    ['a command at the start of a line', '::error::x', '\uFFFD:error::x'],
    ['a command after blanks', ' \u00a0::stop-commands::x', ' \u00a0\uFFFD:stop-commands::x'],
    ['a command anywhere', 'a ##[add-mask]b ##vso[task]', 'a #\uFFFD[add-mask]b #\uFFFDvso[task]'],
  ])('replaces %s', (_what, text, expected) => {
    expect(safe(text)).toBe(expected);
    expect(safe(text)).toHaveLength(text.length);
  });

  it('leaves printable text as it is', () => {
    const text = 'BTC/USDT a::b #1 ## [x] état 価格 \u{1F4C8}';
    expect(safe(text)).toBe(text);
  });
});
