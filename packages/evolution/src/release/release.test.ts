import { afterEach, describe, expect, it } from 'vitest';

import { diffSchemas } from '../diff/diff.js';
import { sha256 } from '../releases/releases.js';
import type { ReleaseIndex } from '../releases/releases.js';
import { filesBelow, put, removeDirectories, schemaPath } from '../testing-root.js';
import type { Schema } from '../tree/load.js';
import { INDEX, TODAY, exempted, jsonOf, nav, number, release, releasedRoot, rootWith } from './testing.js';

afterEach(removeDirectories);

describe('the first release', () => {
  it('freezes every surface as 1.0.0, and the index knows the hashes', async () => {
    const root = await rootWith();
    expect(await release(root)).toMatchObject({
      outcome: 'released',
      released: [
        { surface: 'nav', version: '1.0.0' },
        { surface: 'risk', version: '1.0.0' },
      ],
      files: [
        'CHANGELOG.md',
        INDEX,
        'schemas/released/nav/1.0.0.schema.json',
        'schemas/released/risk/1.0.0.schema.json',
      ],
    });
    const files = await filesBelow(root);
    const index = JSON.parse(files[INDEX] ?? '') as ReleaseIndex;
    for (const surface of ['nav', 'risk']) {
      const text = files[`schemas/released/${surface}/1.0.0.schema.json`] ?? '';
      expect(index[surface]).toEqual([{ version: '1.0.0', sha256: sha256(text), dialects: [], accepted: [] }]);
    }
    expect(await jsonOf(root, 'schemas/released/nav/1.0.0.schema.json')).toEqual({
      ...nav({ total: number }),
      $id: 'https://example.invalid/schemas/released/nav/1.0.0.schema.json',
    });
    expect(files['CHANGELOG.md']).toContain('- First versions, with nothing to be compatible with: nav, risk.');
  });

  it('writes nothing in a dry run, and says what it would write', async () => {
    const root = await rootWith();
    const before = await filesBelow(root);
    const report = await release(root, { dryRun: true });
    expect(report.files).toHaveLength(4);
    expect(await filesBelow(root)).toEqual(before);
  });

  it('gives the same bytes in two copies', async () => {
    const [one, two] = [await rootWith(), await rootWith()];
    await release(one);
    await release(two);
    expect(await filesBelow(one)).toEqual(await filesBelow(two));
  });
});

describe('a release', () => {
  it('writes nothing the second time', async () => {
    const root = await releasedRoot();
    const before = await filesBelow(root);
    expect(await release(root)).toMatchObject({ outcome: 'unchanged', files: [], released: [] });
    expect(await filesBelow(root)).toEqual(before);
  });

  it.each([
    ['minor', nav({ total: number, cash: number }), '1.1.0'],
    ['patch', nav({ total: { ...number, description: 'NAV.' } }), '1.0.1'],
  ])('takes a %s step of what changed and of nothing else', async (_, schema, version) => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: schema });
    expect(await release(root)).toMatchObject({ outcome: 'released', released: [{ surface: 'nav', version }] });
    expect((await diffSchemas({ root, against: 'released' })).outcome).toBe('compatible');
    expect((await release(root)).outcome).toBe('unchanged');
  });

  it('is refused where a frozen file was edited, and says so', async () => {
    const root = await releasedRoot();
    await put(root, {
      'schemas/released/nav/1.0.0.schema.json': {},
      [schemaPath('nav')]: nav({ total: number, cash: number }),
    });
    const before = await filesBelow(root);
    const report = await release(root);
    expect(report).toMatchObject({ outcome: 'refused', files: [] });
    expect(report.findings[0]).toMatchObject({
      rule: 'released-schema-mutated',
      message: 'schemas/released/nav/1.0.0.schema.json is edited',
    });
    expect(report.diff.outcome).toBe('untrusted');
    expect(await filesBelow(root)).toEqual(before);
  });

  it.each([
    ['file-moved', { file: 'state/navs.json' }],
    ['sensitivity-lowered', { sensitivity: 'public' }],
    ['stale-after-changed', { stale_after_s: 90 }],
  ])('is refused for %s, which no migration mends', async (rule, surfaceFacts) => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: nav({ renamed: number }, { surfaceFacts }) });
    expect(await release(root)).toMatchObject({ outcome: 'refused', findings: [{ rule }] });
  });

  it('is refused where nothing was proved', async () => {
    const text = (pattern: string): Schema => nav({ id: { type: 'string', pattern } });
    const root = await releasedRoot({ [schemaPath('nav')]: text('^(a+)b\\1$') });
    await put(root, { [schemaPath('nav')]: text('^(a+)c?\\1$') });
    expect((await release(root)).outcome).toBe('refused');
  });
});

describe('an exempted break', () => {
  it('goes into the index and out of the exemptions, and stays accepted after they expire', async () => {
    const root = await releasedRoot({ [schemaPath('nav')]: nav({ total: number, note: number }) });
    const fingerprints = await exempted(root, nav({ total: number }));
    const diff = await diffSchemas({ root, against: 'released', today: TODAY });
    expect(diff).toMatchObject({
      outcome: 'compatible',
      surfaces: [{ surface: 'nav', step: 'minor', next: '1.1.0' }, {}],
    });
    expect(diff.findings.map(({ level }) => level)).toEqual(['info']);
    expect(await release(root)).toMatchObject({ outcome: 'released', released: [{ version: '1.1.0' }] });
    const index = (await jsonOf(root, INDEX)) as ReleaseIndex;
    expect(index['nav']?.[1]?.accepted).toEqual(
      fingerprints.map(
        (fingerprint) => expect.objectContaining({ fingerprint, rule: 'key-removed', affects: 'nobody' }) as unknown,
      ),
    );
    expect(await jsonOf(root, 'schemas/exemptions.json')).toEqual([]);
    const later = await diffSchemas({ root, against: 'released', today: '2041-01-01' });
    expect(later).toMatchObject({ outcome: 'compatible', surfaces: [{ step: 'none' }, { step: 'none' }] });
    expect((await filesBelow(root))['CHANGELOG.md']).toContain(
      `proved but for accepted breaks: \`key-removed\` (${fingerprints[0]})`,
    );
  });
});
