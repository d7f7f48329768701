import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadSource, stepsOf, workingBundle } from '../codegen/src/source.js';
import type { StepSchemas } from '../codegen/src/source.js';
import { checkerOf } from '../codegen/src/testing.js';
import { documentsOf } from './migration-steps/documents.js';
import { stepFault } from './migration-steps/property.js';
import type { Step } from './migration-steps/property.js';
import { badSteps, goodSteps, newSchema, oldSchema } from './migration-steps/toy.js';
import { repository } from './support.js';

const RUNS = 500;
const SEED = Number(process.env['TELEMETRY_SEED'] ?? 20_270_115);

const migrations = path.join(repository, 'packages/contract/src/migrations');
const source = await loadSource(repository);
const steps = source.surfaces.flatMap((each) => stepsOf(source, each));

function fileOf({ surface, from }: StepSchemas): string {
  return path.join(surface, `v${from}-to-v${from + 1}.ts`);
}

async function moduleOf(step: StepSchemas): Promise<Step> {
  return (await import(/* @vite-ignore */ pathToFileURL(path.join(migrations, fileOf(step))).href)) as Step;
}

describe('the generated documents', () => {
  it.each(source.surfaces.map((each) => [each.file.name, each] as const))(
    'of %s are valid in the writer view',
    (_name, surface) => {
      const schema = workingBundle(source, surface);
      const check = checkerOf(schema, 'writer');
      const valid = fc.property(documentsOf(schema), (document) => {
        expect(check(document)).toEqual([]);
      });
      fc.assert(valid, { numRuns: 50, seed: SEED });
    },
  );

  it('hold every optional key and every null, and lack and fill them too', () => {
    const documents = fc.sample(documentsOf(oldSchema), { numRuns: 200, seed: SEED }) as Record<string, unknown>[];
    for (const key of ['note', 'rows', 'fills'])
      expect(new Set(documents.map((each) => key in each))).toEqual(new Set([true, false]));
    expect(new Set(documents.map(({ total }) => total === null))).toEqual(new Set([true, false]));
  });
});

describe('every step between two major versions', () => {
  it('leads from a released version to the next, and stands where the registry looks for it', async () => {
    const files = (await readdir(migrations, { recursive: true })).filter((each) => /v\d+-to-v\d+\.ts$/.test(each));
    expect(files.toSorted()).toEqual(steps.map(fileOf).toSorted());
  });

  it.each(steps.map((each) => [`${each.surface} v${each.from} to v${each.from + 1}`, each] as const))(
    '%s gives valid documents, keeps what both versions declare, and leaves its input alone',
    async (_name, each) => {
      const { oldSchema, newSchema } = each;
      const step = await moduleOf(each);
      expect(stepFault({ oldSchema, newSchema, step, runs: RUNS, seed: SEED })).toBeNull();
    },
  );
});

describe('the property', () => {
  it.each(Object.entries(goodSteps))('holds for a step that is right: %s', (_name, step) => {
    expect(stepFault({ oldSchema, newSchema, step, runs: RUNS, seed: SEED })).toBeNull();
  });

  it.each(Object.entries(badSteps))('fails for a step that %s', (_name, { step, fault }) => {
    expect(stepFault({ oldSchema, newSchema, step, runs: RUNS, seed: SEED })).toMatch(fault);
  });

  it('names the seed and the smallest document', () => {
    const step = badSteps['changes a value']?.step ?? { up: String };
    const report = stepFault({ oldSchema, newSchema, step, runs: RUNS, seed: SEED });
    expect(report).toContain(`seed: ${SEED}`);
    expect(report).toMatch(/Counterexample: \[\{/);
  });
});
