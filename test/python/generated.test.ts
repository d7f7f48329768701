import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import { readJson, repository } from '../support.js';
import type { Case } from './case.js';
import { differences } from './differences.js';
import { expectedOf } from './expected.js';
import { python } from './interpreter.js';
import { randomDocuments } from './random-documents.js';
import { outcomeOf } from './typescript.js';

const SEED = Number(process.env['TELEMETRY_SEED'] ?? 20_261_128);
const OF_EACH = 100;
const NAMES: readonly (StateName | LedgerName)[] = [...stateNames, ...ledgerNames];

describe.skipIf(python === null)(`documents generated from seed ${SEED}`, () => {
  it('are written, validated and read alike by both packages', async () => {
    const cases = (await Promise.all(NAMES.map(casesOf))).flat();
    expect(cases.length).toBeGreaterThanOrEqual(2000);
    const expected = [];
    for (const each of cases) expected.push(expectedOf(each, await outcomeOf(each)));
    const taken = expected.filter(({ write }) => write?.['text'] !== null).length;
    expect(taken / cases.length, 'share of documents that are written').toBeGreaterThan(0.1);
    expect(taken / cases.length, 'share of documents that are written').toBeLessThan(0.9);
    expect(await differences(cases, expected)).toEqual([]);
  }, 240_000);
});

async function casesOf(surface: StateName | LedgerName, order: number): Promise<Case[]> {
  const folder = path.join(repository, 'schemas/examples', surface);
  const examples = await Promise.all(
    (await readdir(path.join(folder, 'valid'))).toSorted().map((file) => readJson(folder, 'valid', file)),
  );
  for (const file of (await readdir(path.join(folder, 'legacy')).catch(() => [])).toSorted())
    examples.push(((await readJson(folder, 'legacy', file)) as { document: unknown }).document);
  const next = randomDocuments(registry[surface].root, examples, SEED + order);
  return Array.from({ length: OF_EACH }, (_, index) => ({
    id: `${surface} ${index}`,
    do: 'document',
    surface,
    text: next(),
    now: 1_764_000_030.5,
  }));
}
