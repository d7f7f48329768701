import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateNames } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyCondition, conditions, expectedStates, writeHealthy } from '../test/conditions.js';

const NOW = 1_800_000_000;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'conditions-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

describe('the healthy directory', () => {
  it('has every surface fresh and without errors', async () => {
    await writeHealthy(dir, NOW);
    const readings = await createReader({ dir, now: () => NOW }).readAll();
    expect(readings.map(({ surface, state }) => [surface, state])).toEqual(stateNames.map((each) => [each, 'fresh']));
  });
});

describe.each(conditions)('a surface that is %s', (condition) => {
  it.each(stateNames)('reads as such: %s', async (surface) => {
    await writeHealthy(dir, NOW);
    const isApplied = await applyCondition(dir, surface, condition, NOW);
    if (!isApplied) return;
    const reading = await createReader({ dir, now: () => NOW }).read(surface);
    expect(expectedStates(condition)).toContain(reading.state);
  });
});
