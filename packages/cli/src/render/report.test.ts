import { finding, rules } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { renderReport, reportFormats } from './report.js';
import type { ReportFinding, ReportFormat } from './report.js';
import { createStyle } from './style.js';

const narrowed: ReportFinding = {
  rule: 'type-narrowed',
  level: 'error',
  message: 'nav_total no longer takes null',
  surface: 'nav',
  file: 'schemas/state/nav.schema.json',
  line: 12,
  column: 5,
  endLine: 18,
  pointer: '/properties/nav_total',
  expected: 'number or null',
  actual: 'number',
  fix: 'Keep null.',
  fingerprint: '0123456789abcdef',
  witness: { nav_total: null, aum: [1, '\u001b[31m'] },
};
const known: ReportFinding = finding('undeclared-field', { surface: 'nav', file: 'state/nav.json', pointer: '/moon' });
const options = { version: '1.2.3', rules, style: createStyle(false) };

function report(findings: readonly ReportFinding[], format: ReportFormat): string {
  return renderReport(findings, format, options);
}

describe('renderReport', () => {
  it('prints text with line, column and a document that shows it', () => {
    expect(report([narrowed], 'text').split('\n')).toEqual([
      'error schemas/state/nav.schema.json:12:5 /properties/nav_total: nav_total no longer takes null [type-narrowed]',
      '  expected number or null, got number',
      '  witness: {"nav_total":null,"aum":[1,"\\u001b[31m"]}',
      '  fix: Keep null.',
    ]);
  });

  it('cuts a long witness, without halving a character', () => {
    const [, line] = report(
      [{ ...narrowed, expected: null, witness: `${'x'.repeat(157)}\u{1F4C8}\u{1F4C8}` }],
      'text',
    ).split('\n');
    expect(line).toBe(`  witness: "${'x'.repeat(157)}\uFFFD…`);
  });

  it('prints the findings as JSON, in the form of the finding record', () => {
    const { endLine: _, ...recorded } = narrowed;
    expect(JSON.parse(report([narrowed, known], 'json'))).toEqual({
      ok: false,
      tool: { name: 'hedge-telemetry', version: '1.2.3' },
      findings: [recorded, known],
    });
    expect(JSON.parse(report([known], 'json')).ok).toBe(true);
  });

  it.each(reportFormats)('prints the same %s for the same findings in another order', (format) => {
    const findings = [
      narrowed,
      known,
      { ...narrowed, witness: 1 },
      { ...narrowed, line: 2 },
      { ...narrowed, line: 100 },
      { ...known, file: null },
    ];
    const expected = report(findings, format);
    expect(report(findings.toReversed(), format)).toBe(expected);
    expect(report([...findings.slice(2), ...findings.slice(0, 2)], format)).toBe(expected);
    expect(expected.indexOf('no longer')).toBeLessThan(expected.lastIndexOf('no longer'));
  });

  it('orders lines as numbers', () => {
    const lines = [100, 2, 12].map((line) => ({ ...narrowed, line }));
    const ordered = JSON.parse(report(lines, 'json')).findings.map(({ line }: ReportFinding) => line);
    expect(ordered).toEqual([2, 12, 100]);
  });

  it.each(reportFormats)('prints %s of nothing', (format) => {
    const text = report([], format);
    if (format === 'text' || format === 'github') expect(text).toBe('');
    else expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(reportFormats)('lets nothing through that could steer a terminal or a runner: %s', (format) => {
    const evil = '::error::a\n::stop-commands::b\r\n##[add-mask]c\u001b[2J\u009b\u202e\u2028\u{1F4C8}\ud83d';
    const hostile: ReportFinding = {
      ...narrowed,
      rule: evil,
      message: evil,
      surface: evil,
      file: evil,
      pointer: `/${evil}`,
      expected: evil,
      actual: evil,
      fix: evil,
      fingerprint: evil,
      witness: { [evil]: [evil] },
    };
    const text = report([hostile, { ...hostile, file: null }, { ...hostile, line: null, level: 'warning' }], format);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/);
    expect(text).not.toContain('##[');
    const commands = text.split('\n').filter((line) => line.trimStart().startsWith('::'));
    expect(commands.every((line) => /^::(error|warning) (file|title)=/.test(line))).toBe(true);
    expect(commands).toHaveLength(format === 'github' ? 3 : 0);
  });

  it('takes integers that no number holds', () => {
    const text = report([{ ...narrowed, witness: { order_id: 9_007_199_254_740_993n } }], 'json');
    expect(JSON.parse(text).findings[0].witness).toEqual({ order_id: '9007199254740993' });
  });
});
