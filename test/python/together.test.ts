import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { createReader } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';
import { describe, expect, it } from 'vitest';

import { readLines, withDirectory } from '../support.js';
import { python, pythonEnvironment, pythonPackage } from './interpreter.js';

const LIMIT = 240_000;
const run = promisify(execFile);

interface Line {
  readonly metadata: { readonly by: string; readonly number: number };
}

/** Runs tests/load.py to its end and gives what it counted. */
async function load(...args: (string | number)[]): Promise<Record<string, number>> {
  const script = path.join(pythonPackage, 'tests/load.py');
  const { stdout } = await run(python ?? 'python3', [script, ...args.map(String)], { env: pythonEnvironment });
  return JSON.parse(stdout) as Record<string, number>;
}

describe.skipIf(python === null)('Python and TypeScript on one directory', () => {
  it(
    'a reader in TypeScript never sees a torn document of a publisher in Python',
    () =>
      withDirectory(async (logs) => {
        const work = { ended: false };
        const publishing = load('publish', logs, 150).finally(() => (work.ended = true));
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
        const counts = await Promise.all(['one', 'two'].map((name) => load('append', logs, 300, name)));
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

  it('a line that a crash tore is ended, and the next record stands on a line of its own', () =>
    withDirectory(async (logs) => {
      const file = path.join(logs, 'execution/events.jsonl');
      await mkdir(path.dirname(file));
      await appendFile(file, '{"whole":1}\n{"type":"or');
      expect(await load('append', logs, 2, 'one')).toEqual({ ok: 2, 'ledger-line-ended': 1 });
      const text = await readFile(file, 'utf8');
      expect(text.split('\n').slice(0, 2)).toEqual(['{"whole":1}', '{"type":"or']);
      expect(text.split('\n')).toHaveLength(5);
    }));

  it(
    'a reader in Python never sees a torn document of a writer in TypeScript',
    () =>
      withDirectory(async (logs) => {
        const work = { ended: false };
        const reading = load('read', logs, 400).finally(() => (work.ended = true));
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
