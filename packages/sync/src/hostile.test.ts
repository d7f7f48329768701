import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { hasErrors, interpret, parseJson, surfaceOfFile } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';

import { corpus } from '../test/corpus.js';
import { EVENTS } from '../test/documents.js';
import { makeRoots } from '../test/roots.js';
import { createSync } from './index.js';

interface Row {
  readonly id: string;
  readonly surface: string;
  readonly b64: string;
  readonly expect: string;
}

const file = resolve(corpus, 'bad-json/hostile.jsonl');
const rows: readonly Row[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
  : [];

describe.skipIf(rows.length === 0)(`hostile content of ${file}`, () => {
  test('never replaces a good document unless it is whole and valid, and then byte for byte', async () => {
    const roots = makeRoots();
    // Before all documents, so that none is kept for being newer.
    const sync = createSync({ ...roots, now: () => 0 });
    const counts = { mirrored: 0, kept: 0 };
    for (const round of rounds(rows.filter(({ surface }) => surface.endsWith('.json')))) {
      for (const { surface, b64 } of round) {
        roots.put(`state/${surface}`, Buffer.from(b64, 'base64'));
        roots.putMirror(`state/${surface}`, goodDocument(surface));
      }
      const report = await sync.once();
      for (const { id, surface, b64, expect: wanted } of round) {
        const content = Buffer.from(b64, 'base64');
        const valid = wanted !== 'reject' && isValid(surface, content);
        counts[valid ? 'mirrored' : 'kept'] += 1;
        expect(report[valid ? 'mirrored' : 'skipped'], id).toContain(`state/${surface}`);
        expect(roots.mirrored(`state/${surface}`).equals(valid ? content : goodDocument(surface)), id).toBe(true);
      }
    }
    expect(counts.mirrored).toBeGreaterThan(100);
    expect(counts.kept).toBeGreaterThan(2000);
  });

  test('is mirrored line for line in a ledger', async () => {
    const ledgers = rows.filter(({ surface }) => surface === 'events.jsonl');
    for (const { id, b64 } of ledgers) {
      const roots = makeRoots();
      const bytes = Buffer.from(b64, 'base64');
      roots.put(EVENTS, bytes);
      const report = await createSync(roots).once();
      const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
      expect(roots.mirrored(EVENTS).equals(whole), id).toBe(true);
      expect(report.lag_bytes, id).toBe(bytes.length - whole.length);
    }
    expect(ledgers.length).toBeGreaterThan(100);
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
