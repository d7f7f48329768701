import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { repository } from './support.js';

/** What each package may import of ours; imports run one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  'contract-python': [],
  compat: [],
  evolution: ['compat'],
  docs: ['contract', 'compat', 'evolution'],
  writer: ['contract'],
  sync: ['contract'],
  reader: ['contract'],
  fleet: ['contract', 'sync', 'reader', 'writer'],
  dashboard: ['contract', 'reader'],
  'docs-site': ['contract'],
  'paper-executor': ['contract', 'writer'],
  cli: ['contract', 'writer', 'sync', 'reader', 'fleet', 'dashboard', 'paper-executor', 'compat', 'evolution', 'docs'],
};

const network = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises', 'inspector', 'undici', 'ws'];

function sources(folder: string): string[] {
  return readdirSync(path.join(repository, 'packages', folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => path.join(repository, 'packages', folder, 'src', file));
}

function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, module]) => module ?? '');
}

describe('packages', () => {
  it('are the ones that the layering names', () => {
    expect(readdirSync(path.join(repository, 'packages')).toSorted()).toEqual(Object.keys(allowed).toSorted());
  });

  it.each(Object.keys(allowed))('%s imports of ours only what stands below it', (folder) => {
    const ours = sources(folder).flatMap((file) =>
      imports(file).filter((module) => module.startsWith('@hedge-telemetry/')),
    );
    const names = [...new Set(ours.map((module) => module.split('/')[1]))];
    for (const name of names) expect(allowed[folder]).toContain(name);
  });

  it.each(['contract', 'writer'])('%s imports no module that could reach the network', (folder) => {
    const modules = sources(folder).flatMap(imports);
    expect(modules.length).toBeGreaterThan(0);
    for (const module of modules) expect(network).not.toContain(module.replace(/^node:/, ''));
  });

  it.each(Object.keys(allowed))('%s has no source file of more than 300 lines', (folder) => {
    for (const file of sources(folder)) {
      expect(readFileSync(file, 'utf8').split('\n').length, path.relative(repository, file)).toBeLessThanOrEqual(300);
    }
  });
});
