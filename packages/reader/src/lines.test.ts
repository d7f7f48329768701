import { MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './lines.js';

function cut(chunks: readonly string[], start = 0): { text: string | null; offset: number; end: number }[] {
  const splitter = createLineSplitter(start);
  const lines = chunks.flatMap((chunk) => [...splitter.push(Buffer.from(chunk))].map((line) => ({ ...line })));
  const rest = splitter.rest();
  return [...lines, ...(rest === null ? [] : [rest])].map(({ bytes, offset, end }) => ({
    text: bytes === null ? null : Buffer.from(bytes).toString(),
    offset,
    end,
  }));
}

describe('createLineSplitter', () => {
  it.each<[string[], [string, number, number][]]>([
    [[], []],
    [
      ['a\nbc\n'],
      [
        ['a', 0, 2],
        ['bc', 2, 5],
      ],
    ],
    [
      ['a\r\nb'],
      [
        ['a', 0, 3],
        ['b', 3, 4],
      ],
    ],
    [
      ['\n\n'],
      [
        ['', 0, 1],
        ['', 1, 2],
      ],
    ],
    [
      ['ab', 'c\nd', 'e\n'],
      [
        ['abc', 0, 4],
        ['de', 4, 7],
      ],
    ],
    [
      ['a\r', '\nb\n'],
      [
        ['a', 0, 3],
        ['b', 3, 5],
      ],
    ],
    [['a\u2028b\u0085c\n'], [['a\u2028b\u0085c', 0, 9]]],
  ])('cuts %j at newlines only', (chunks, expected) => {
    expect(cut(chunks).map(({ text, offset, end }) => [text, offset, end])).toEqual(expected);
  });

  it('gives the same lines however the bytes are cut into chunks', () => {
    const text = 'first\r\n\nsecond é\nthird without end';
    const whole = cut([text]);
    for (let size = 1; size < 9; size += 1) {
      const bytes = Buffer.from(text);
      const splitter = createLineSplitter(0);
      const lines: string[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        for (const { bytes: line } of splitter.push(bytes.subarray(at, at + size)))
          lines.push(String(line && Buffer.from(line)));
      }
      lines.push(String(Buffer.from(splitter.rest()?.bytes ?? [])));
      expect(lines).toEqual(whole.map((line) => line.text));
    }
  });

  it('counts offsets from where it starts', () => {
    expect(cut(['x\ny\n'], 100)).toEqual([
      { text: 'x', offset: 100, end: 102 },
      { text: 'y', offset: 102, end: 104 },
    ]);
  });

  it('passes over a line that is too long without keeping it', () => {
    const long = 'x'.repeat(MAX_LINE_BYTES + 1);
    expect(cut([`a\n${long.slice(0, 1000)}`, long.slice(1000), '\nb\n'])).toEqual([
      { text: 'a', offset: 0, end: 2 },
      { text: null, offset: 2, end: 2 + long.length + 1 },
      { text: 'b', offset: 3 + long.length, end: 5 + long.length },
    ]);
  });
});
