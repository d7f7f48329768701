import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { freshPage, mergePage, parsePage, proseOf, region } from './regions.js';
import type { Page } from './regions.js';

const page: Page = { file: 'docs/x.md', parts: [region('one', 'new one'), region('two', 'new two')] };
const block = (name: string, text: string): string =>
  `<!-- generated: ${name} -->\n\n${text}\n\n<!-- end generated -->`;

describe('a page with generated regions', () => {
  it('is written with its regions in order and the prose it starts with', () => {
    const parts: Page['parts'] = [{ kind: 'prose', text: '# X' }, region('one', 'text')];
    expect(freshPage({ file: 'docs/x.md', parts })).toBe(`# X\n\n${block('one', 'text')}\n`);
  });

  it('keeps everything outside the regions byte for byte', () => {
    const before = `\n\n  Mine *first*.\r\n${block('one', 'old')}  \n\tMine | second\n\n\n${block('two', 'old')}\nlast without newline`;
    const after = before.replace(/old/, 'new one').replace(/old/, 'new two');
    expect(mergePage(page, before)).toBe(after);
  });

  it('keeps any prose between any regions', () => {
    const prose = fc.string({ unit: 'binary', maxLength: 60 }).map((each) => `\n${each}\n`);
    fc.assert(
      fc.property(prose, prose, prose, (a, b, c) => {
        fc.pre([a, b, c].every((each) => !each.includes('generated')));
        const file = (one: string, two: string): string => `${a}${block('one', one)}${b}${block('two', two)}${c}`;
        expect(mergePage(page, file('old', 'old'))).toBe(file('new one', 'new two'));
      }),
    );
  });

  it('merges into itself', () => {
    const fresh = freshPage(page);
    expect(mergePage(page, fresh)).toBe(fresh);
    expect(proseOf(fresh)).toBe('');
  });

  it('puts a region that the file lacks behind the one before it, or at the start', () => {
    expect(mergePage(page, `mine\n\n${block('one', 'old')}\n\nalso mine\n`)).toBe(
      `mine\n\n${block('one', 'new one')}\n\n${block('two', 'new two')}\n\nalso mine\n`,
    );
    expect(mergePage(page, `${block('two', 'old')}\n`)).toBe(
      `${block('one', 'new one')}\n\n${block('two', 'new two')}\n`,
    );
    expect(mergePage(page, 'mine\n')).toBe(`${block('one', 'new one')}\n\n${block('two', 'new two')}\n\nmine\n`);
  });

  it('drops a region that it has no longer, and keeps the prose around it', () => {
    const before = `${block('one', 'old')}\n\nmine\n\n${block('gone', 'old')}\n\n${block('two', 'old')}\n`;
    expect(mergePage(page, before)).toBe(`${block('one', 'new one')}\n\nmine\n\n\n\n${block('two', 'new two')}\n`);
  });

  it.each([
    ['an end without a beginning', 'mine\n<!-- end generated -->\n', 2],
    ['a beginning without an end', 'mine\n\n<!-- generated: one -->\nold\n', 3],
    ['a beginning within a region', '<!-- generated: one -->\n<!-- generated: two -->\n<!-- end generated -->\n', 2],
    ['a region twice', `${block('one', 'old')}\n${block('one', 'old')}\n`, 6],
  ])('says where the trouble is: %s', (_, text, line) => {
    expect(mergePage(page, text)).toMatchObject({ line, expected: expect.any(String), actual: expect.any(String) });
    expect(proseOf(text)).toBeNull();
  });

  it('takes a page apart without losing a byte of prose', () => {
    const text = `a\n${block('one', 'x')}\nb\n`;
    expect(parsePage(text)).toEqual([
      { kind: 'prose', text: 'a\n' },
      { kind: 'region', name: 'one', text: 'x' },
      { kind: 'prose', text: '\nb\n' },
    ]);
  });
});
