import fc from 'fast-check';
import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';

import { prose, table } from './markdown.js';

const WORDS = [
  'a_b',
  '_c_',
  '*d*',
  '**',
  '2 * 3',
  '<b>',
  '[x](y)',
  '`z`',
  '|',
  '\\',
  '残高',
  'é',
  'e\u0301',
  '🙂',
  '-',
  '#',
  '1.',
  '>',
];
const text = fc
  .array(fc.constantFrom(...WORDS, 'plain', 'words', '\n'), { minLength: 1, maxLength: 8 })
  .map((each) => each.join(' '));

describe('a table', () => {
  it('stays as it is when prettier lays it out, whatever its cells hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), async (cells) => {
        const markdown = `${table([['surface', 'meaning'], ...cells.map((each) => ['nav', prose(each)])]).join('\n')}\n`;
        expect(await prettier.format(markdown, { parser: 'markdown', printWidth: 120 })).toBe(markdown);
      }),
      { numRuns: 60 },
    );
  });
});
