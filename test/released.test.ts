import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { loadReleases, loadTree } from '@hedge-telemetry/evolution';
import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import { repository } from './support.js';

const schemas = path.join(repository, 'schemas');

describe('schemas/released', () => {
  it('is what the index says, to the byte', async () => {
    expect((await loadReleases(schemas)).tampering).toEqual([]);
  });

  it('holds every surface, in versions that lead up to the working one', async () => {
    const { releases } = await loadTree(repository);
    for (const name of [...stateNames, ...ledgerNames]) {
      const versions = releases.of(name).map(({ version }) => version);
      expect(versions[0], name).toBe('1.0.0');
      const latest = releases.of(name).at(-1);
      expect(Number.parseInt(registry[name].version, 10), name).toBeGreaterThanOrEqual(latest?.major ?? 0);
    }
  });

  it('stands alone: no reference leads out of a frozen file, and none says "next"', () => {
    const files = readdirSync(path.join(schemas, 'released'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.schema.json'),
    );
    expect(files.length).toBeGreaterThanOrEqual(20);
    for (const file of files) {
      const text = readFileSync(path.join(schemas, 'released', file), 'utf8');
      const references = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, target]) => target ?? '');
      for (const target of references) expect(target, file).toMatch(/^#\/\$defs\//);
      expect(text, file).not.toContain('"x-since": "next"');
    }
  });
});
