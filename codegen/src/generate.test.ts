import { appendFile, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { generate } from './generate.js';
import { compareOutput, writeOutput } from './output.js';
import type { Output } from './output.js';
import { roundTrip } from './round-trip.js';
import { loadSource } from './source.js';
import type { Source } from './source.js';
import { repository, schemaDirectory, stateSchema } from './testing.js';

const config = path.join(repository, '.prettierrc.json');
let sample: Source;
let output: Output;

beforeAll(async () => {
  sample = await loadSource(await schemaDirectory({ 'schemas/state/sample.schema.json': stateSchema('sample') }));
  output = await generate(sample, config);
});

async function target(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'hedge-telemetry-generated-'));
}

describe('generate', () => {
  it('gives the same bytes every time', async () => {
    expect([...(await generate(sample, config))]).toEqual([...output]);
  });

  it('names no directory of this machine', () => {
    for (const text of output.values()) {
      expect(text).not.toContain(repository);
      expect(text).not.toContain(tmpdir());
    }
  });

  it('emits validators that need nothing at run time', () => {
    for (const [file, text] of output)
      if (file.endsWith('.js')) expect(text).not.toMatch(/\brequire\(|\beval\(|new Function\b/);
  });

  it('documents unit, null and bounds beside each type', () => {
    const types = output.get('generated/types/sample.d.ts');
    expect(types).toContain('price: number | null;');
    expect(types).toContain('Unit: price.');
    expect(types).toContain('Null: It is not known.');
    expect(types).toContain('@minimum 0');
  });
});

describe('writeOutput', () => {
  it('writes once, leaves unchanged files alone, mends changed ones and removes orphans', async () => {
    const directory = await target();
    expect((await writeOutput(directory, output)).missing).toHaveLength(output.size);
    const untouched = path.join(directory, 'generated/types/sample.d.ts');
    const before = (await stat(untouched)).mtimeMs;
    await appendFile(path.join(directory, 'generated/surfaces.js'), '// edited\n');
    await writeFile(path.join(directory, 'generated/orphan.js'), '');
    expect(await writeOutput(directory, output)).toEqual({
      missing: [],
      changed: ['generated/surfaces.js'],
      orphaned: ['generated/orphan.js'],
    });
    expect((await stat(untouched)).mtimeMs).toBe(before);
    expect(await readFile(path.join(directory, 'generated/surfaces.js'), 'utf8')).toBe(
      output.get('generated/surfaces.js'),
    );
  });
});

describe('compareOutput', () => {
  it('owns the index of the migrations, and nothing beside it', async () => {
    const directory = await target();
    await writeOutput(directory, output);
    const migrations = path.join(directory, 'src/migrations');
    await writeFile(path.join(migrations, 'values.ts'), '');
    expect(await compareOutput(directory, output)).toEqual({ missing: [], changed: [], orphaned: [] });
    await appendFile(path.join(migrations, 'index.ts'), '// edited\n');
    expect(await compareOutput(directory, output)).toMatchObject({ changed: ['src/migrations/index.ts'] });
  });

  it('lists missing, changed and orphaned files and touches nothing', async () => {
    const directory = await target();
    await writeOutput(directory, output);
    await rm(path.join(directory, 'generated/surfaces.js'));
    await appendFile(path.join(directory, 'generated/reading.d.ts'), '\n');
    await writeFile(path.join(directory, 'generated/stray.js'), '');
    expect(await compareOutput(directory, output)).toEqual({
      missing: ['generated/surfaces.js'],
      changed: ['generated/reading.d.ts'],
      orphaned: ['generated/stray.js'],
    });
  });
});

describe('roundTrip', () => {
  it('finds the same in the types as in the schemas', async () => {
    const directory = await target();
    await writeOutput(directory, output);
    expect(roundTrip(sample.set, path.join(directory, 'generated'))).toEqual([]);
  });

  it.each([
    ['a type that was widened', 'price: number | null;', 'price: number | string | null;', /\/price type/],
    ['a null that got lost', 'price: number | null;', 'price: number;', /\/price type/],
    ['a key that became optional', 'price: number', 'price?: number', /required/],
    ['a bound that got lost', '@minimum 0', '@see 0', /\/updated_at minimum/],
  ])('finds %s', async (_what, from, to, message) => {
    const directory = await target();
    await writeOutput(directory, output);
    const file = path.join(directory, 'generated/types/sample.d.ts');
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
    expect(roundTrip(sample.set, path.join(directory, 'generated')).join('\n')).toMatch(message);
  });

  it('finds a type that is not there', async () => {
    const directory = await target();
    await writeOutput(directory, output);
    await cp(path.join(directory, 'generated/reading.d.ts'), path.join(directory, 'generated/types/sample.d.ts'));
    expect(roundTrip(sample.set, path.join(directory, 'generated')).join('\n')).toMatch(/no type Sample was generated/);
  });
});
