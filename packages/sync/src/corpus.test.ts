import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { registry } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';

import { corpus } from '../test/corpus.js';
import { filesBelow, temporaryDirectory } from '../test/roots.js';
import { createSync } from './index.js';

describe.each(['real-state', 'real-logs'])('%s', (name) => {
  const from = resolve(corpus, name);

  describe.skipIf(!existsSync(from))(`of ${corpus}`, () => {
    test('is mirrored byte for byte, every file that the contract knows', async () => {
      const declared = Object.values(registry)
        .map(({ file }) => file)
        .filter((file) => existsSync(resolve(from, file)))
        .toSorted();
      const to = temporaryDirectory();
      const sync = createSync({ from, to, cleanSource: false });
      const report = await sync.once();
      expect(report.findings).toEqual([]);
      expect(report).toMatchObject({ ok: true, mirrored: declared, skipped: [], invalid_lines: 0, lag_bytes: 0 });
      expect(declared.length).toBeGreaterThan(2);
      expect(filesBelow(to)).toEqual(declared);
      for (const file of declared)
        expect(readFileSync(resolve(to, file)).equals(readFileSync(resolve(from, file)))).toBe(true);
      expect(await sync.once()).toMatchObject({ mirrored: [], unchanged: declared, findings: [] });
    });

    test('is mirrored byte for byte as a whole where everything is included', async () => {
      const to = temporaryDirectory();
      const sync = createSync({ from, to, cleanSource: false, include: ['**'] });
      const report = await sync.once();
      const all = filesBelow(from);
      expect(report).toMatchObject({ mirrored: all, skipped: [], undeclared: [], lag_bytes: 0 });
      expect(filesBelow(to).filter((file) => !file.startsWith('quarantine/'))).toEqual(all);
      for (const file of all)
        expect(readFileSync(resolve(to, file)).equals(readFileSync(resolve(from, file))), file).toBe(true);
      expect(await sync.once()).toMatchObject({ mirrored: [], unchanged: all });
    });
  });
});
