import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ruleIds, rules } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/durability.md'), 'utf8');
const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'));

const used = ruleIds.filter((rule) => sources.some((text) => text.includes(`'${rule}'`)));

it('docs/durability.md explains every finding of the files, at its level, and no other', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (error|warning|info) +\|/gm)].map(([, rule, level]) => [
    rule,
    level,
  ]);
  expect(used.length).toBeGreaterThan(10);
  expect(rows.toSorted()).toEqual(used.map((rule) => [rule, rules[rule].level]).toSorted());
});

it('the files are written by synchronous calls alone: no promise, no thread of a pool', () => {
  const asynchronous =
    /node:fs\/promises|\bawait\b|\basync\b|\bfs\.promises\b|\bcreate(?:Read|Write)Stream\b|\bcreateG(?:un)?zip\b/;
  expect(sources.filter((text) => asynchronous.test(text))).toEqual([]);
  const called = sources.flatMap((text) => /import \{([^}]+)\} from 'node:fs'/.exec(text)?.[1]?.split(',') ?? []);
  const names = [...new Set(called.map((name) => name.trim()))].filter((name) => name !== '' && name !== 'constants');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !name.endsWith('Sync'))).toEqual([]);
});
