import path from 'node:path';

import { describe, expect, it } from 'vitest';
import type { Schema } from '@hedge-telemetry/evolution';

import { generate } from './generate.js';
import type { Output } from './output.js';
import { loadSource } from './source.js';
import { freeze, repository, schemaDirectory, stateSchema, writeStep } from './testing.js';

const STEP = 'export function up(document: unknown): unknown {\n  return document;\n}\n';

/** The sample surface at a major version, with its price under the given key. */
function sample(major: number, key = 'price'): Schema {
  return stateSchema('sample', (schema) => {
    const { price, ...others } = schema['properties'] as Record<string, Schema>;
    const tag = { const: `sample_v${major}`, description: 'Tag.', 'x-unit': 'none', 'x-since': '1.0.0' };
    schema['properties'] = { schema: { ...tag, 'x-absent': 'Not stamped.' }, ...others, [key]: price };
    schema['required'] = ['updated_at', key];
    schema['x-shape'] = { root: 'object', has: ['updated_at', key] };
  });
}

/** The same with one more optional key. */
function withNote(schema: Schema, since: string): Schema {
  const note = { description: 'A note.', type: 'string', 'x-unit': 'none', 'x-since': since, 'x-absent': 'None.' };
  return { ...schema, properties: { ...(schema['properties'] as Schema), note } };
}

async function rootOf(working: Schema): Promise<string> {
  return schemaDirectory({ 'schemas/state/sample.schema.json': working });
}

async function outputOf(root: string): Promise<Output> {
  return generate(await loadSource(root), path.join(repository, '.prettierrc.json'));
}

function entryOf(output: Output): Record<string, unknown> {
  const text = output.get('generated/registry/sample.js') ?? '';
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf(';'))) as Record<string, unknown>;
}

describe('the version of a surface', () => {
  it('is the first one where nothing was released', async () => {
    expect(entryOf(await outputOf(await rootOf(sample(1))))).toMatchObject({
      version: '1.0.0',
      schemaTag: 'sample_v1',
      majors: [],
    });
  });

  it('is the released one where nothing changed, and the next minor one where a key came', async () => {
    const root = await rootOf(sample(1));
    await freeze(root, 'sample', '1.0.0', sample(1));
    expect(entryOf(await outputOf(root))).toMatchObject({ version: '1.0.0', majors: [] });
    const changed = await rootOf(withNote(sample(1), 'next'));
    await freeze(changed, 'sample', '1.0.0', sample(1));
    expect(entryOf(await outputOf(changed))).toMatchObject({
      version: '1.1.0',
      schemaTag: 'sample_v1',
      root: { fields: { note: { since: '1.1.0' }, price: { since: '1.0.0' } } },
    });
  });

  it('stays in its major as long as the migration to the next one does not exist', async () => {
    const root = await rootOf(sample(1, 'mark_price'));
    await freeze(root, 'sample', '1.0.0', sample(1));
    expect(entryOf(await outputOf(root))).toMatchObject({ version: '1.1.0', majors: [] });
  });

  it.each([
    { tag: 2, steps: [], expected: 'sample_v1' },
    { tag: 1, steps: [1], expected: 'sample_v2' },
  ])('is refused where the tag says $tag and the migrations make it $expected', async ({ tag, steps, expected }) => {
    const root = await rootOf(sample(tag, 'mark_price'));
    await freeze(root, 'sample', '1.0.0', sample(1));
    for (const from of steps) await writeStep(root, 'sample', from, STEP);
    await expect(loadSource(root)).rejects.toThrow(`the tag is sample_v${tag}, but the migrations make it ${expected}`);
  });
});

describe('a surface in its second major version', () => {
  async function twoMajors(): Promise<string> {
    const root = await rootOf(sample(2, 'mark_price'));
    await freeze(root, 'sample', '1.0.0', sample(1));
    await freeze(root, 'sample', '1.1.0', withNote(sample(1), '1.1.0'));
    await writeStep(root, 'sample', 1, STEP);
    return root;
  }

  it('names the older one with its latest release and shape', async () => {
    expect(entryOf(await outputOf(await twoMajors()))).toMatchObject({
      version: '2.0.0',
      schemaTag: 'sample_v2',
      shape: { has: ['updated_at', 'mark_price'], lacks: ['price', 'note'] },
      majors: [
        {
          major: 1,
          version: '1.1.0',
          schemaTag: 'sample_v1',
          schemaTagged: true,
          shape: { root: 'object', has: ['updated_at', 'price'], hasAny: [], lacks: [], equals: {} },
        },
      ],
    });
  });

  it('has the types of both, those of the older one frozen', async () => {
    const output = await outputOf(await twoMajors());
    const older = output.get('generated/types/sample-v1.d.ts') ?? '';
    expect(older).toContain('price: number | null;');
    expect(older).toContain('note?: string;');
    expect(older).toContain('export type SampleV1 = Sample;');
    expect(older).toContain('// Source: schemas/released/sample/1.1.0.schema.json (sha256 ');
    const newer = output.get('generated/types/sample-v2.d.ts') ?? '';
    expect(newer).toContain("export type { Sample as SampleV2 } from './sample.js';");
    expect(output.get('generated/types/sample.d.ts')).toContain('mark_price: number | null;');
  });

  it('has a reader view of the older one, which accepts unknown keys', async () => {
    const output = await outputOf(await twoMajors());
    const index = output.get('generated/validators/released/index.js') ?? '';
    expect(index).toContain('"sample/v1": validate0');
    expect(output.get('generated/validators/released/sample-v1.js')).not.toContain('additionalProperties');
  });

  it('has its step in the index of the migrations', async () => {
    const index = (await outputOf(await twoMajors())).get('src/migrations/index.ts') ?? '';
    expect(index).toMatch(/^\/\/ Generated by `pnpm generate`/);
    expect(index).toContain("import * as sampleV1ToV2 from './sample/v1-to-v2.js';");
    expect(index).toContain("'sample/1': sampleV1ToV2,");
  });

  it('gives the same bytes every time, released or open', async () => {
    const root = await twoMajors();
    const open = await outputOf(root);
    expect([...(await outputOf(root))]).toEqual([...open]);
    await freeze(root, 'sample', '2.0.0', sample(2, 'mark_price'));
    expect([...(await outputOf(root))]).toEqual([...open]);
  });

  it('is refused where the step that leads to it is missing', async () => {
    const root = await rootOf(sample(2, 'mark_price'));
    await freeze(root, 'sample', '1.0.0', sample(1));
    await freeze(root, 'sample', '2.0.0', sample(2, 'mark_price'));
    await expect(outputOf(root)).rejects.toThrow(/sample\/v1-to-v2\.ts is missing/);
  });
});

describe('a third major version', () => {
  it('keeps both older ones, newest first', async () => {
    const root = await rootOf(sample(3, 'last_price'));
    await freeze(root, 'sample', '1.0.0', sample(1));
    await freeze(root, 'sample', '2.0.0', sample(2, 'mark_price'));
    await writeStep(root, 'sample', 1, STEP);
    await writeStep(root, 'sample', 2, STEP);
    const output = await outputOf(root);
    expect(entryOf(output)).toMatchObject({ version: '3.0.0', majors: [{ major: 2 }, { major: 1 }] });
    const validators = [...output.keys()].filter((each) => /released\/sample-v\d\.js$/.test(each));
    expect(validators.map((each) => path.basename(each))).toEqual(['sample-v2.js', 'sample-v1.js']);
  });
});
