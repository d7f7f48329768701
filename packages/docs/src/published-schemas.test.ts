import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { registry, stateNames } from '@hedge-telemetry/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { loadExamples } from './model/examples.js';
import { repository } from './testing.js';

const BASE = 'https://hedge-telemetry.dev/schemas/';
const folder = path.join(repository, 'docs/schemas');
const load = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((each) => each.split(path.sep).join('/'))
  .filter((each) => each.endsWith('.json') && each !== 'catalog.json')
  .toSorted();

interface CatalogEntry {
  readonly name: string;
  readonly fileMatch: readonly string[];
  readonly url: string;
  readonly versions: Readonly<Record<string, string>>;
}

const catalog = load('catalog.json')['schemas'] as readonly CatalogEntry[];
const fileOf = (url: string): string => url.slice(BASE.length);

describe('the published schemas', () => {
  it('stand under the path of their $id, by themselves, without private keywords', () => {
    for (const file of files) {
      const schema = load(file);
      expect(schema['$id'], file).toBe(`${BASE}${file}`);
      expect(JSON.stringify(schema), file).not.toMatch(/"x-[a-z]/);
      expect(JSON.stringify(schema), file).not.toMatch(/"\$ref":"[^#]/);
      expect(() => new Ajv2020({ strict: false }).compile(schema), file).not.toThrow();
    }
  });

  it.each(Object.values(registry))(
    'of $name accept the valid examples and refuse the invalid ones',
    async ({ name }) => {
      const entry = catalog.find((each) => each.name === name);
      const validate = new Ajv2020({ strict: false }).compile(load(fileOf(entry?.url ?? '')));
      const { valid, invalid } = await loadExamples(repository, name);
      for (const each of valid) expect(validate(each.document), each.file).toBe(true);
      for (const each of invalid) expect(validate(each.document), each.file).toBe(false);
    },
  );

  it('are all in the catalogue, each version too', () => {
    expect(catalog.map(({ name }) => name).toSorted()).toEqual(Object.keys(registry).toSorted());
    for (const { name, url, versions, fileMatch } of catalog) {
      const entry = registry[name as keyof typeof registry];
      expect(fileMatch).toEqual([`**/${entry.file}`]);
      expect(files).toContain(fileOf(url));
      expect(Object.keys(versions)).toContain(entry.version);
      for (const each of Object.values(versions)) expect(files).toContain(fileOf(each));
    }
  });
});

describe('the settings of the editor', () => {
  it('check every state file by its name', () => {
    const text = readFileSync(path.join(repository, '.vscode/settings.json'), 'utf8');
    const { 'json.schemas': associations } = JSON.parse(text) as {
      'json.schemas': { fileMatch: string[]; url: string }[];
    };
    expect(associations.map(({ fileMatch }) => fileMatch[0])).toEqual(
      [...stateNames].toSorted().map((name) => `/**/${registry[name].file}`),
    );
    for (const { url } of associations) expect(files).toContain(url.replace('./docs/schemas/', ''));
  });
});
