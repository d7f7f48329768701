import { afterEach, describe, expect, it } from 'vitest';

import { directoryWith, removeDirectories } from '../testing-root.js';
import { listSteps, stepFile, stepOf, workingMajor } from './steps.js';

afterEach(removeDirectories);

describe('listSteps', () => {
  it('finds the steps, and sees what nobody has written', async () => {
    const root = await directoryWith({
      'nav/v1-to-v2.ts': 'export function up() {\n  return { nav: UNWRITTEN };\n}\n',
      'nav/v2-to-v3.ts': 'const UNWRITTENS = 1;\n',
      'nav/v7.ts': 'UNWRITTEN',
      'nav/shared/v1-to-v2.ts': '',
      'index.ts': '',
    });
    expect(await listSteps(root)).toEqual([
      { surface: 'nav', from: 1, file: 'nav/v1-to-v2.ts', unwritten: true },
      { surface: 'nav', from: 2, file: 'nav/v2-to-v3.ts', unwritten: false },
    ]);
  });

  it('finds none where there is no directory', async () => {
    expect(await listSteps(`${await directoryWith()}/nowhere`)).toEqual([]);
  });
});

describe('a step', () => {
  it('leads to the next major version only', () => {
    expect(stepOf(stepFile('nav', 1))).toEqual({ surface: 'nav', from: 1, file: 'nav/v1-to-v2.ts' });
    for (const file of ['nav/v1-to-v3.ts', 'nav/v0-to-v1.ts', 'nav/v2-to-v1.ts', 'nav/v1-to-v2.test.ts', 'v1-to-v2.ts'])
      expect(stepOf(file)).toBeNull();
  });

  it('opens the next major version of its own surface', () => {
    expect(workingMajor('nav', null, [{ surface: 'nav', from: 1 }])).toBe(1);
    expect(workingMajor('nav', 1, [{ surface: 'nav', from: 1 }])).toBe(2);
    expect(workingMajor('nav', 1, [{ surface: 'risk', from: 1 }])).toBe(1);
    expect(workingMajor('nav', 2, [{ surface: 'nav', from: 1 }])).toBe(2);
  });
});
