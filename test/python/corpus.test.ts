import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import { corpus, hasCorpus } from '../support.js';
import type { Case } from './case.js';
import { differences } from './differences.js';
import { expectedOf } from './expected.js';
import { python } from './interpreter.js';
import { outcomeOf } from './typescript.js';

const NOW = 1_764_000_030.5;
const LIMIT = 240_000;
/** Lines of each ledger that are compared. */
const MOST_LINES = 400;

describe.skipIf(python === null || !hasCorpus)('both packages on real files (need the corpus)', () => {
  it('say the same of texts that are JSON, nearly JSON and none', () => compare(badTexts()), LIMIT);
  it('say the same of the state surfaces', () => compare(stateFiles()), LIMIT);
  it('take the same out of records with secrets, and of records without', () => compare(secretRecords()), LIMIT);
  it('say the same of the lines of the ledgers', () => compare(ledgerLines()), LIMIT);
});

async function compare(made: Promise<readonly Case[]>): Promise<void> {
  const cases = await made;
  expect(cases.length).toBeGreaterThan(10);
  const expected = [];
  for (const each of cases) expected.push(expectedOf(each, await outcomeOf(each)));
  expect(await differences(cases, expected)).toEqual([]);
}

async function badTexts(): Promise<Case[]> {
  const folder = path.join(corpus, 'bad-json');
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
  return Promise.all(
    paths.toSorted().map(async (file) => reading(path.relative(folder, file), 'nav', await readFile(file))),
  );
}

async function stateFiles(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const folder of ['real-state', 'real-logs'])
    for (const name of stateNames) {
      const file = path.join(corpus, folder, registry[name].file);
      if (existsSync(file)) cases.push(reading(`${folder} ${name}`, name, await readFile(file)));
    }
  return cases;
}

async function ledgerLines(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const folder of ['real-state', 'real-logs'])
    for (const name of ledgerNames) {
      const file = path.join(corpus, folder, registry[name].file);
      if (existsSync(file)) cases.push(...lines(`${folder} ${name}`, name, await readFile(file, 'utf8')));
    }
  return cases;
}

async function secretRecords(): Promise<Case[]> {
  const text = await readFile(path.join(corpus, 'secrets.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { id, context } = JSON.parse(line) as { id: string; context: { doc: unknown } };
      return { id, do: 'write', surface: 'events', text: JSON.stringify(context.doc), now: NOW };
    });
}

function reading(id: string, surface: StateName, bytes: Buffer): Case {
  return { id, do: 'read', surface, files: { [surface]: bytes.toString('base64') }, now: NOW };
}

function lines(id: string, surface: LedgerName, text: string): Case[] {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line, index) => ({
      id: `${id} ${index + 1}`,
      do: 'parse',
      surface,
      bytes: Buffer.from(line).toString('base64'),
    }));
}
