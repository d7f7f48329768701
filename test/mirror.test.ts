import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ledgerNames, registry, stateNames, SYNC_REPORT_FILE, validateWriterView } from '@hedge-telemetry/contract';
import { simulatedSurfaces } from '@hedge-telemetry/paper-executor';
import { createSync } from '@hedge-telemetry/sync';
import { describe, expect, it } from 'vitest';

import { corpus, hasCorpus, runExecutor, withDirectory } from './support.js';

async function identical(from: string, to: string, file: string): Promise<boolean> {
  const [source, mirrored] = await Promise.all([readFile(path.join(from, file)), readFile(path.join(to, file))]);
  return source.equals(mirrored);
}

describe('the mirror of a running executor', () => {
  it('holds every state file and every ledger byte for byte, its report, and nothing else', async () => {
    await withDirectory(async (directory) => {
      const [from, to] = [path.join(directory, 'logs'), path.join(directory, 'mirror')];
      await runExecutor(from, 100);
      await createSync({ from, to }).once();
      const files = [...simulatedSurfaces, ...ledgerNames].map((name) => registry[name].file);
      for (const file of files) expect(await identical(from, to, file), file).toBe(true);
      const present = (await readdir(to, { recursive: true, withFileTypes: true }))
        .filter((each) => each.isFile())
        .map(({ name }) => name);
      const names = [...files.map((file) => path.posix.basename(file)), SYNC_REPORT_FILE];
      expect(present.toSorted()).toEqual(names.toSorted());
    });
  });

  it('keeps the last good copy when the source is torn, and catches up when it is whole again', async () => {
    await withDirectory(async (directory) => {
      const [from, to] = [path.join(directory, 'logs'), path.join(directory, 'mirror')];
      await runExecutor(from, 3);
      const sync = createSync({ from, to });
      await sync.once();
      const file = path.join(from, registry.nav.file);
      const good = await readFile(file);
      await writeFile(file, good.subarray(0, good.length - 20));
      const report = await sync.once();
      expect(validateWriterView('sync_report', report)).toEqual([]);
      expect(report.findings.map(({ rule }) => rule)).toContain('json-syntax');
      expect((await readFile(path.join(to, registry.nav.file))).equals(good)).toBe(true);
      await runExecutor(from, 5);
      await sync.once();
      expect(await identical(from, to, registry.nav.file)).toBe(true);
    });
  });

  it('never shows a part of a ledger line', async () => {
    await withDirectory(async (directory) => {
      const [from, to] = [path.join(directory, 'logs'), path.join(directory, 'mirror')];
      await runExecutor(from, 3);
      const sync = createSync({ from, to });
      const ledger = path.join(from, registry.events.file);
      const whole = await readFile(ledger);
      await appendFile(ledger, '{"ts":"2027-01-15T08:00:00Z","type":"or');
      await sync.once();
      expect((await readFile(path.join(to, registry.events.file))).equals(whole)).toBe(true);
    });
  });
});

describe.skipIf(!hasCorpus)('the mirror of a real executor’s logs (needs the corpus)', () => {
  it.each(['real-state', 'real-logs'])('is byte-identical for every declared file of %s', async (layout) => {
    await withDirectory(async (to) => {
      const from = path.join(corpus, layout);
      const report = await createSync({ from, to }).once();
      const declared = [...stateNames, ...ledgerNames].map((name) => registry[name].file);
      const present = new Set((await readdir(from, { recursive: true })).map((each) => each.split(path.sep).join('/')));
      const expected = declared.filter((file) => present.has(file));
      expect(report.mirrored.toSorted()).toEqual(expected.toSorted());
      for (const file of expected) expect(await identical(from, to, file), file).toBe(true);
    });
  });
});
