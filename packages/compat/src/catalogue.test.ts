import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { compareSchemas, rules, type Json } from './index.js';

interface Row {
  readonly rule: string;
  readonly old: Json;
  readonly new: Json;
  readonly backward: string;
  readonly forward: string;
}

const file = path.resolve(import.meta.dirname, '../../../VERSIONING.md');
const section = /<!-- compat-rules:start -->([\s\S]*?)<!-- compat-rules:end -->/.exec(readFileSync(file, 'utf8'))?.[1];
const tables = (section ?? '')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map(cells)
  .filter(([first = '']) => !/^-+$/.test(first) && !['keyword', 'rule'].includes(first));
const rows = tables.filter((row) => row.length === 7).map(readRow);
const others = tables.filter((row) => row.length === 2).map(([rule = '']) => code(rule));

function cells(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function readRow([, rule = '', old = '', next = '', backward = '', forward = '']: string[]): Row {
  return { rule: code(rule), old: JSON.parse(code(old)), new: JSON.parse(code(next)), backward, forward };
}

function code(cell: string): string {
  return cell.replace(/^`(.*)`$/, '$1');
}

describe('the rule catalogue in VERSIONING.md', () => {
  it('has every rule once, and no other', () => {
    const listed = [...rows.map(({ rule }) => rule), ...others];
    expect(listed.toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it.each(rows)('shows $rule by a pair of which nothing else is to be said', ({ rule, old, new: next, ...stated }) => {
    const { backward, forward } = compareSchemas(old, next);
    expect({ backward: backward.answer, forward: forward.answer }).toEqual(stated);
    const findings = [...backward.findings, ...forward.findings];
    const errors = findings.filter(({ level }) => level === 'error');
    const named = (errors.length > 0 ? errors : findings).map((finding) => finding.rule);
    expect(new Set(named)).toEqual(new Set([rule]));
  });
});
