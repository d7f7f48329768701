import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { isStateName, registry } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';
import { describe, expect, it } from 'vitest';

import { readJson, readLines, repository, withDirectory } from '../support.js';
import { python, pythonEnvironment, pythonPackage } from './interpreter.js';

const LIMIT = 240_000;
const NOW = 1_764_000_030.5;
const run = promisify(execFile);

interface Line {
  readonly metadata: { readonly by: string; readonly number: number };
}

/** Runs tests/load.py to its end and gives what it counted. */
async function load(stdin: string, ...args: (string | number)[]): Promise<Record<string, number>> {
  const script = path.join(pythonPackage, 'tests/load.py');
  const running = run(python ?? 'python3', [script, ...args.map(String)], { env: pythonEnvironment });
  running.child.stdin?.end(stdin);
  return JSON.parse((await running).stdout) as Record<string, number>;
}

/** Every valid example, in the order of the files. */
async function examples(): Promise<{ surface: string; document: unknown }[]> {
  const all = [];
  for (const surface of Object.keys(registry)) {
    const folder = path.join(repository, 'schemas/examples', surface, 'valid');
    for (const file of (await readdir(folder)).toSorted())
      all.push({ surface, document: await readJson(folder, file) });
  }
  return all;
}

describe.skipIf(python === null)('Python and TypeScript on one directory', () => {
  it(
    'a reader in TypeScript never sees a torn document of a publisher in Python',
    () =>
      withDirectory(async (logs) => {
        const work = { ended: false };
        const publishing = load('', 'publish', logs, 150).finally(() => (work.ended = true));
        const reader = createReader({ dir: logs });
        const states = new Map<string, number>();
        const seen = new Set<unknown>();
        while (!work.ended) {
          const { state, value } = await reader.read('nav');
          states.set(state, (states.get(state) ?? 0) + 1);
          if (value === null) continue;
          seen.add(value.nav_total);
          expect(value.aum?.offexchange?.['ASSET399']?.qty).toBe(value.nav_total);
        }
        expect(await publishing).toEqual({ ok: 150 });
        expect([...states.keys()].filter((state) => state === 'unreadable' || state === 'invalid')).toEqual([]);
        expect(seen.size).toBeGreaterThan(3);
        expect((await reader.read('nav')).value?.nav_total).toBe(149);
        expect(await readdir(path.join(logs, 'state'))).toEqual(['nav.json']);
      }),
    LIMIT,
  );

  it(
    'two processes in Python that append to one ledger lose no line and glue none',
    () =>
      withDirectory(async (logs) => {
        const counts = await Promise.all(['one', 'two'].map((name) => load('', 'append', logs, 300, name)));
        expect(counts).toEqual([{ ok: 300 }, { ok: 300 }]);
        const lines = (await readLines(logs, 'execution/events.jsonl')) as Line[];
        expect(lines).toHaveLength(600);
        for (const name of ['one', 'two'])
          expect(lines.filter(({ metadata }) => metadata.by === name).map(({ metadata }) => metadata.number)).toEqual(
            Array.from({ length: 300 }, (_, index) => index),
          );
        for await (const { record, findings } of createReader({ dir: logs }).tail('events')) {
          expect(findings).toEqual([]);
          expect(record).not.toBeNull();
        }
      }),
    LIMIT,
  );

  it(
    'both write the same files of the examples of every surface and ledger',
    () =>
      withDirectory(async (directory) => {
        const given = await examples();
        const [ours, theirs] = [path.join(directory, 'typescript'), path.join(directory, 'python')];
        const writer = createWriter({ dir: ours, now: () => NOW, redaction: { env: {} }, durability: 'fast' });
        const { publish, append } = writer as unknown as Record<
          'publish' | 'append',
          (name: string, of: unknown) => object
        >;
        for (const { surface, document } of given)
          expect(isStateName(surface) ? publish(surface, document) : append(surface, document)).toMatchObject({
            ok: true,
          });
        expect((await writer.close()).ok).toBe(true);
        const lines = given.map((each) => `${JSON.stringify(each)}\n`).join('');
        expect(await load(lines, 'write', theirs, NOW)).toEqual({ ok: given.length });
        for (const { file } of Object.values(registry))
          expect(await readFile(path.join(theirs, file)), file).toEqual(await readFile(path.join(ours, file)));
      }),
    LIMIT,
  );

  it('a line that a crash tore is ended, and the next record stands on a line of its own', () =>
    withDirectory(async (logs) => {
      const file = path.join(logs, 'execution/events.jsonl');
      await mkdir(path.dirname(file));
      await appendFile(file, '{"whole":1}\n{"type":"or');
      expect(await load('', 'append', logs, 2, 'one')).toEqual({ ok: 2, 'ledger-line-ended': 1 });
      const text = await readFile(file, 'utf8');
      expect(text.split('\n').slice(0, 2)).toEqual(['{"whole":1}', '{"type":"or']);
      expect(text.split('\n')).toHaveLength(5);
    }));

  it(
    'a reader in Python never sees a torn document of a writer in TypeScript',
    () =>
      withDirectory(async (logs) => {
        const work = { ended: false };
        const reading = load('', 'read', logs, 400).finally(() => (work.ended = true));
        const writer = createWriter({ dir: logs, durability: 'fast' });
        for (let number = 0; !work.ended; number += 1) {
          const offexchange = Object.fromEntries(
            Array.from({ length: 400 }, (_, index) => [`ASSET${index}`, { qty: number, usd_value: number }]),
          );
          const aum = { futures: number, offexchange, total: number };
          const rest = { nav_age_s: 0, sources_ok: true, nav_health_snapshot: null, updated_at: number };
          expect(writer.publish('nav', { nav_total: number, aum, ...rest }).ok).toBe(true);
          await new Promise((resolve) => setImmediate(resolve));
        }
        expect(await reading).toEqual({ read: 400 });
        expect((await writer.close()).ok).toBe(true);
      }),
    LIMIT,
  );
});
