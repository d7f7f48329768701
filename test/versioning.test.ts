import { readFileSync } from 'node:fs';
import path from 'node:path';

import { evolutionRules } from '@hedge-telemetry/evolution';
import { describe, expect, it } from 'vitest';

import { repository } from './support.js';

const page = readFileSync(path.join(repository, 'VERSIONING.md'), 'utf8');

describe('VERSIONING.md', () => {
  it('explains every rule that stands above set inclusion', () => {
    expect(Object.keys(evolutionRules).filter((rule) => !page.includes(`\`${rule}\``))).toEqual([]);
  });

  it('names no rule that does not exist', () => {
    const table = page.slice(page.indexOf("## The contract's own rules"), page.indexOf('## Commands'));
    const named = [...table.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, rule]) => rule ?? '');
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((rule) => !Object.hasOwn(evolutionRules, rule) && !rule.startsWith('x-'))).toEqual([]);
  });
});
