import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { interpret } from './interpret.js';
import { migrations } from './migrations/index.js';
import { registry } from './registry.js';
import type { SurfaceName } from './registry.js';
import { ruleIds } from './rules.js';
import { validateReaderView } from './validate.js';
import { validateWriterView } from './validate-writer-view.js';

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../schemas/examples');
const surfaces = Object.values(registry);

function filesIn(surface: string, folder: string): string[] {
  const directory = path.join(examples, surface, folder);
  return existsSync(directory) ? readdirSync(directory).toSorted() : [];
}

function load(surface: string, folder: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(examples, surface, folder, file), 'utf8'));
}

describe.each(surfaces.map((entry) => [entry.name, entry] as const))('examples of %s', (name, entry) => {
  const valid = filesIn(name, 'valid');
  const invalid = filesIn(name, 'invalid');
  const legacy = filesIn(name, 'legacy');

  it('hold a minimal, a typical and an everything-null document, and an invalid one', () => {
    for (const word of ['minimal', 'typical', 'nulls'])
      expect(valid.filter((file) => file.includes(word))).not.toEqual([]);
    expect(invalid).not.toEqual([]);
  });

  it.each(valid)('valid/%s passes both views and is recognised as canonical', (file) => {
    const document = load(name, 'valid', file);
    expect(validateWriterView(name, document)).toEqual([]);
    expect(validateReaderView(name, document)).toEqual([]);
    expect(interpret(name, document)).toMatchObject({ dialect: 'canonical', version: entry.version, document });
  });

  it.each(invalid)('invalid/%s gives exactly the finding that it names', (file) => {
    const { rule, pointer, document } = load(name, 'invalid', file) as {
      rule: string;
      pointer: string;
      document: unknown;
    };
    expect(ruleIds).toContain(rule);
    const findings = validateWriterView(name, document);
    expect(findings.map((each) => [each.rule, each.pointer])).toEqual([[rule, pointer]]);
    expect(findings[0]).toMatchObject({
      surface: name,
      level: 'error',
      expected: expect.any(String),
      actual: expect.any(String),
    });
  });

  it.each(legacy)('legacy/%s migrates to the canonical document that it states', (file) => {
    const example = load(name, 'legacy', file) as {
      dialect: string;
      document: unknown;
      canonical: unknown;
      reports: string[];
    };
    const before = JSON.stringify(example.document);
    const result = interpret(name, example.document);
    expect(result.dialect).toBe(example.dialect);
    expect(result.findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(result.document).toEqual(example.canonical);
    expect(validateWriterView(name, result.document)).toEqual([]);
    expect(JSON.stringify(example.document)).toBe(before);
    const reported = result.findings.filter(({ rule }) => rule.startsWith('migration-')).map(({ pointer }) => pointer);
    expect([...new Set(reported)].toSorted()).toEqual(example.reports.toSorted());
  });

  it.each(entry.dialects.map((dialect) => dialect.name))(
    'have a document in the dialect %s, which has a migration',
    (dialect) => {
      expect(migrations).toHaveProperty([`${name}/${dialect}`]);
      expect(legacy.filter((file) => file.startsWith(dialect))).not.toEqual([]);
    },
  );

  it('lie in folders of surfaces that exist', () => {
    for (const folder of readdirSync(examples)) expect(Object.keys(registry)).toContain(folder as SurfaceName);
  });
});
