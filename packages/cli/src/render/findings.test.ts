import { finding } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { countFindings, renderFindings } from './findings.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const broken = finding('type-mismatch', {
  file: 'logs/state/nav.json',
  surface: 'nav',
  pointer: '/aum/total',
  expected: 'number or null',
  actual: '"much"',
});

describe('renderFindings', () => {
  it('says where, what was expected, what was there, and how to fix it', () => {
    expect(renderFindings([broken], plain)).toEqual([
      'error logs/state/nav.json /aum/total: The value has another type than the contract says. [type-mismatch]',
      '  expected number or null, got "much"',
      '  fix: Write a value of the expected type, or null where the field allows it.',
    ]);
  });

  it('names the line of a ledger as file:line', () => {
    const [head] = renderFindings([{ ...broken, line: 7, message: '/aum/total is "much"' }], plain);
    expect(head).toBe('error logs/state/nav.json:7: /aum/total is "much" [type-mismatch]');
  });

  it('gives one line to what is merely worth knowing', () => {
    const info = finding('undeclared-field', { pointer: '/moon', expected: 'a declared key', actual: '1' });
    expect(renderFindings([info], plain)).toHaveLength(1);
  });

  it('replaces what would steer a terminal', () => {
    const hostile = { ...broken, file: 'a\u001b[2J\n', actual: '\u0007\u202e', message: '\u009b1m' };
    expect(renderFindings([hostile], plain).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it('paints only where colour is on', () => {
    expect(renderFindings([broken], createStyle(true))[0]).toContain('\u001b[31merror\u001b[0m');
    expect(renderFindings([broken], plain).join('')).not.toContain('\u001b');
  });
});

describe('countFindings', () => {
  it('counts by level', () => {
    const info = finding('legacy-dialect');
    expect(countFindings([broken, info, broken, finding('document-stale')])).toBe('2 errors, 1 warning, 1 info');
    expect(countFindings([])).toBe('');
  });
});
