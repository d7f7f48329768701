import { finding, rules } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { renderAnnotations } from './github.js';

const broken = finding('type-mismatch', {
  file: 'state/nav.json',
  line: 3,
  surface: 'nav',
  pointer: '/aum/total',
  message: '/aum/total is "much"',
  expected: 'number',
  actual: '"much"',
});
const title = 'title=The value has another type than the contract says. [type-mismatch]';

describe('renderAnnotations', () => {
  it('annotates the line with what was expected and how to fix it', () => {
    expect(renderAnnotations([{ ...broken, column: 5, endLine: 9 }], rules)).toEqual([
      `::error file=state/nav.json,line=3,col=5,${title}::nav: /aum/total is "much"%0Aexpected number, got "much"%0Afix: ${broken.fix}`,
    ]);
  });

  it('escapes values and properties as the runner unescapes them', () => {
    const [line] = renderAnnotations(
      [{ ...broken, surface: null, file: '100%,a:b.json', message: '50% :: a,b', expected: null, fix: 'x' }],
      rules,
    );
    expect(line).toBe(`::error file=100%25%2Ca%3Ab.json,line=3,${title}::/aum/total: 50%25 :: a,b%0Afix: x`);
  });

  it.each([
    ['error', '::error '],
    ['warning', '::warning '],
    ['info', '::notice '],
  ] as const)('makes of %s %s', (level, start) => {
    expect(renderAnnotations([{ ...broken, level }], rules)[0]?.startsWith(start)).toBe(true);
  });

  it('names no column without a line', () => {
    const [line] = renderAnnotations([{ ...broken, line: null, column: 4, level: 'info' }], {});
    expect(line).toBe('::notice file=state/nav.json,title=type-mismatch::nav: /aum/total is "much"');
  });

  it('names no line where there is no file, and the rule where nothing is said of it', () => {
    const [line] = renderAnnotations([{ ...broken, file: null, rule: 'a,b', level: 'info', column: 4 }], rules);
    expect(line).toBe('::notice title=a%2Cb::nav: /aum/total is "much"');
  });
});
