import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { hasErrors, interpret, parseJson, surfaceOfFile } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';

import { corpus } from '../test/corpus.js';
import { EVENTS, navLine, NAV_HISTORY } from '../test/documents.js';
import { makeRoots, makeRootsInMemory } from '../test/roots.js';
import { createSync } from './index.js';

interface Row {
  readonly id: string;
  readonly surface: string;
  readonly b64: string;
  readonly expect: string;
}

const file = resolve(corpus, 'bad-json/hostile.jsonl');
const suite = resolve(corpus, 'bad-json/json-test-suite');
const rows: readonly Row[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
  : [];
const prototypeKeys = Reflect.ownKeys(Object.prototype);

describe.skipIf(rows.length === 0)(`hostile content of ${file}`, () => {
  test(
    'takes the place of a good document only where a reader can show it, and then byte for byte',
    { timeout: 240_000 },
    async () => {
      const roots = makeRootsInMemory();
      // Before all documents, so that none is kept for being newer.
      const sync = createSync({ ...roots, now: () => 0, patienceMs: 0 });
      const counts = { mirrored: 0, kept: 0 };
      for (const round of rounds(rows.filter(({ surface }) => surface.endsWith('.json')))) {
        for (const { surface, b64 } of round) {
          roots.put(`state/${surface}`, Buffer.from(b64, 'base64'));
          roots.putMirror(`state/${surface}`, goodDocument(surface));
        }
        const report = await sync.once();
        for (const { id, surface, b64, expect: wanted } of round) {
          const content = Buffer.from(b64, 'base64');
          const errors = report.findings.filter(
            ({ level, file: at }) => level === 'error' && at?.endsWith(`/${surface}`),
          );
          const isMirrored = roots.mirrored(`state/${surface}`).equals(content);
          counts[isMirrored ? 'mirrored' : 'kept'] += 1;
          if (wanted === 'reject') expect(isMirrored, id).toBe(false);
          if (isValid(surface, content)) expect(isMirrored, id).toBe(true);
          else expect(errors, id).not.toEqual([]);
          if (isMirrored) continue;
          expect(roots.mirrored(`state/${surface}`).equals(goodDocument(surface)), id).toBe(true);
          expect(report.skipped, id).toContain(`state/${surface}`);
        }
      }
      expect(counts.mirrored).toBeGreaterThan(100);
      expect(counts.kept).toBeGreaterThan(2000);
      expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
    },
  );

  test('is mirrored line for line in a ledger, and what a reader refuses is reported and listed once', async () => {
    const roots = makeRoots();
    const good = readFileSync(new URL('../../../schemas/examples/events/valid/minimal.json', import.meta.url), 'utf8');
    const record = `${JSON.stringify(JSON.parse(good))}\n`;
    const lines = rows.map(({ b64 }) => Buffer.from(b64, 'base64'));
    const content = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n'), Buffer.from(record)]));
    roots.put(EVENTS, content);
    const sync = createSync({ ...roots, now: () => 4e9 });
    const report = await sync.once();
    expect(roots.mirrored(EVENTS).equals(content)).toBe(true);
    const whole = content.toString('latin1').split(record.trimEnd()).length - 1;
    expect(whole).toBeGreaterThanOrEqual(rows.length);
    const listed = roots.mirrored(`quarantine/${EVENTS}`).toString().trimEnd().split('\n');
    expect(listed.length).toBeLessThanOrEqual(report.invalid_lines);
    expect(report.invalid_lines).toBeGreaterThan(3000);
    expect(report.findings.length).toBe(100);
    expect((await sync.once()).invalid_lines).toBe(0);
    expect((await createSync({ ...roots, now: () => 4e9 }).once()).findings).toEqual([]);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
  });

  test('is mirrored as far as it has newlines where it is a whole ledger', async () => {
    const ledgers = rows.filter(({ surface }) => surface === 'events.jsonl');
    for (const { id, b64 } of ledgers.filter((_, index) => index % 4 === 0)) {
      const roots = makeRootsInMemory();
      const bytes = Buffer.from(b64, 'base64');
      roots.put(EVENTS, bytes);
      const report = await createSync(roots).once();
      const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
      expect(roots.mirrored(EVENTS).equals(whole), id).toBe(true);
      expect(report.lag_bytes, id).toBe(bytes.length - whole.length);
    }
    expect(ledgers.length).toBeGreaterThan(100);
  });

  test('of a suite of parser tests is withheld where it is not JSON, and mirrored as included where it is', async () => {
    const roots = makeRootsInMemory();
    const names = readdirSync(suite);
    for (const name of names) roots.put(`cases/${name}`, readFileSync(join(suite, name)));
    const report = await createSync({ ...roots, include: ['cases'], patienceMs: 0 }).once();
    for (const name of names.filter((each) => each.endsWith('.json'))) {
      const isMirrored = report.mirrored.includes(`cases/${name}`);
      if (name.startsWith('y_')) expect(isMirrored, name).toBe(true);
      if (name.startsWith('n_')) expect(isMirrored, name).toBe(false);
      if (isMirrored) expect(roots.mirrored(`cases/${name}`).equals(readFileSync(join(suite, name))), name).toBe(true);
    }
  });
});

describe('oversize content', () => {
  const cases: readonly (readonly [string, () => Buffer])[] = [
    ['arrays 1,000 deep', () => Buffer.from(`${'['.repeat(1e3)}${']'.repeat(1e3)}`)],
    ['arrays 100,000 deep', () => Buffer.from(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)],
    ['a million open arrays', () => Buffer.from('['.repeat(1e6))],
    ['objects 100,000 deep', () => Buffer.from(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`)],
    [
      '200,000 keys',
      () => Buffer.from(`{${Array.from({ length: 2e5 }, (_, index) => `"k${index}":${index}`).join()}}`),
    ],
    [
      '200,000 integer-like keys',
      () => Buffer.from(`{${Array.from({ length: 2e5 }, (_, index) => `"${4294967295 - index * 7}":1`).join()}}`),
    ],
    ['a million digits', () => Buffer.from('1'.repeat(1e6))],
    ['escapes for 5 MB of text', () => Buffer.from(`"${String.raw`\u0000`.repeat(5e6)}"`)],
  ];

  test.each(cases)('is a finding and leaves the last good document: %s', async (_what, make) => {
    const roots = makeRoots();
    const content = make();
    const good = goodDocument('nav.json');
    roots.put('state/nav.json', content);
    roots.putMirror('state/nav.json', good);
    const line = content.includes(0x0a) ? Buffer.from('{}') : content;
    roots.put(NAV_HISTORY, Buffer.concat([Buffer.from(navLine(1)), line, Buffer.from(`\n${navLine(2)}`)]));
    const report = await createSync({ ...roots, patienceMs: 0, now: () => 4e9 }).once();
    expect(report.skipped).toEqual(['state/nav.json']);
    expect(report.findings.filter(({ level, surface }) => level === 'error' && surface === 'nav')).toHaveLength(1);
    expect(roots.mirrored('state/nav.json').equals(good)).toBe(true);
    expect(report).toMatchObject({ lines: 3, invalid_lines: 1 });
    expect(roots.mirrored(NAV_HISTORY).equals(readFileSync(join(roots.from, NAV_HISTORY)))).toBe(true);
  });
});

/** Rows in groups that hold every surface at most once. */
function rounds(all: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  const used = new Map<string, number>();
  for (const row of all) {
    const index = used.get(row.surface) ?? 0;
    used.set(row.surface, index + 1);
    (groups[index] ??= []).push(row);
  }
  return groups;
}

function isValid(surface: string, content: Buffer): boolean {
  const entry = surfaceOfFile(`state/${surface}`);
  const parsed = parseJson(content);
  return entry !== null && parsed.ok && !hasErrors(interpret(entry.name, parsed.value).findings);
}

function goodDocument(surface: string): Buffer {
  return readFileSync(
    new URL(`../../../schemas/examples/${surface.replace('.json', '')}/valid/typical.json`, import.meta.url),
  );
}
