import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { ledgerNames, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';

import { readJson, repository } from '../support.js';
import type { Case } from './case.js';
import { hostileCases } from './cases/hostile.js';
import { secretCases } from './cases/secrets.js';
import { valueCases } from './cases/values.js';

const EXAMPLES = path.join(repository, 'schemas/examples');
const NOW = 1_764_000_030.5;

/** The conformance cases by group: every example of the schemas, and what was made to be hard. */
export async function conformanceCases(): Promise<ReadonlyMap<string, readonly Case[]>> {
  const groups = new Map<string, readonly Case[]>();
  for (const name of [...stateNames, ...ledgerNames]) groups.set(name, await exampleCases(name));
  groups.set('hostile', hostileCases(await typical('nav'), await typical('positions'), await typical('synced_state')));
  groups.set('values', valueCases(await typical('nav'), await typical('events')));
  groups.set('secrets', secretCases(await typical('events')));
  return groups;
}

function typical(name: string): Promise<unknown> {
  return readJson(EXAMPLES, name, 'valid/typical.json');
}

async function exampleCases(name: StateName | LedgerName): Promise<Case[]> {
  const cases: Case[] = [];
  for (const folder of ['valid', 'invalid', 'legacy']) {
    const files = await readdir(path.join(EXAMPLES, name, folder)).catch(() => []);
    for (const file of files.toSorted()) {
      const said = await readJson(EXAMPLES, name, folder, file);
      const document = folder === 'valid' ? said : (said as { document: unknown }).document;
      cases.push({ id: `${folder}/${file}`, do: 'document', surface: name, text: JSON.stringify(document), now: NOW });
    }
  }
  return cases;
}
