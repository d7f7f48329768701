import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import type { Case, Outcome } from './case.js';
import { conformanceCases } from './cases.js';
import { differences } from './differences.js';
import { expectedOf } from './expected.js';
import { fixtureOf } from './fixture.js';
import { python, pythonPackage } from './interpreter.js';
import { outcomeOf } from './typescript.js';

const FOLDER = path.join(pythonPackage, 'tests/fixtures');
/** Name of a group to its cases and what Python is to say of each. */
const groups = new Map<string, { cases: readonly Case[]; expected: readonly Outcome[] }>();

beforeAll(async () => {
  for (const [name, cases] of await conformanceCases()) {
    const expected: Outcome[] = [];
    for (const each of cases) expected.push(expectedOf(each, await outcomeOf(each)));
    groups.set(name, { cases, expected });
  }
  if (process.env['UPDATE_CONFORMANCE'] !== '1') return;
  await mkdir(FOLDER, { recursive: true });
  for (const name of groups.keys()) await writeFile(fileOf(name), fixtureText(name));
}, 240_000);

describe('the fixtures of the conformance suite', () => {
  it('are what the TypeScript packages say today; UPDATE_CONFORMANCE=1 writes them anew', async () => {
    expect((await readdir(FOLDER)).toSorted()).toEqual([...groups.keys()].map((name) => `${name}.jsonl`).toSorted());
    for (const name of groups.keys())
      expect((await readFile(fileOf(name), 'utf8')) === fixtureText(name), name).toBe(true);
  });
});

describe.skipIf(python === null)('the Python package', () => {
  it('says of every case what the TypeScript packages say, and writes the same bytes', async () => {
    const all = [...groups.values()];
    const found = await differences(
      all.flatMap(({ cases }) => cases),
      all.flatMap(({ expected }) => expected),
    );
    expect(found).toEqual([]);
  }, 240_000);
});

function fileOf(name: string): string {
  return path.join(FOLDER, `${name}.jsonl`);
}

function fixtureText(name: string): string {
  const { cases = [], expected = [] } = groups.get(name) ?? {};
  return cases.map((each, index) => `${JSON.stringify(fixtureOf(each, expected[index] ?? {}))}\n`).join('');
}
