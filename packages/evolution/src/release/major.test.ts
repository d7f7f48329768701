import { afterEach, describe, expect, it } from 'vitest';

import { diffSchemas } from '../diff/diff.js';
import { filesBelow, put, removeDirectories, schemaPath } from '../testing-root.js';
import { STEP, exempted, jsonOf, nav, next, number, release, releasedRoot } from './testing.js';

afterEach(removeDirectories);

describe('a major step', () => {
  const renamed = nav({ sum: { ...next, 'x-renamed-from': 'total' } });
  const unknown = nav({ total: number, cash: next }, { required: ['cash'] });

  it('is opened first: the stub is written, the tag is moved, nothing is frozen', async () => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: renamed });
    const before = await filesBelow(root);
    const report = await release(root);
    expect(report).toMatchObject({
      outcome: 'opened',
      released: [],
      stubs: [{ surface: 'nav', from: 1, file: STEP, unwritten: false }],
      files: [STEP, schemaPath('nav')],
    });
    const after = await filesBelow(root);
    expect(after[STEP]).toContain('sum: document.total');
    expect(after[schemaPath('nav')]).toBe(before[schemaPath('nav')]?.replace('nav_v1', 'nav_v2'));
    expect({ ...after, [STEP]: '', [schemaPath('nav')]: '' }).toEqual({
      ...before,
      [STEP]: '',
      [schemaPath('nav')]: '',
    });
  });

  it('is frozen the second time', async () => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: renamed });
    await release(root);
    expect(await release(root)).toMatchObject({
      outcome: 'released',
      released: [{ surface: 'nav', version: '2.0.0' }],
    });
    expect(await jsonOf(root, 'schemas/released/nav/2.0.0.schema.json')).toMatchObject({
      properties: { schema: { const: 'nav_v2' }, sum: { 'x-since': '2.0.0' } },
    });
    expect((await filesBelow(root))['CHANGELOG.md']).toContain(`- \`${STEP}\`: migrates nav 1 to 2.`);
    expect((await release(root)).outcome).toBe('unchanged');
    expect((await diffSchemas({ root, against: 'released' })).outcome).toBe('compatible');
  });

  it('is refused as long as something in it is not written', async () => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: unknown });
    expect(await release(root)).toMatchObject({ outcome: 'opened', stubs: [{ unwritten: true }] });
    expect(await release(root)).toMatchObject({
      outcome: 'refused',
      findings: [{ rule: 'migration-unwritten', file: STEP }],
    });
    const stub = (await filesBelow(root))[STEP] ?? '';
    await put(root, { [STEP]: stub.replace('UNWRITTEN', '0') });
    expect((await release(root)).outcome).toBe('released');
  });

  it('writes nothing in a dry run', async () => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: renamed });
    const before = await filesBelow(root);
    expect(await release(root, { dryRun: true })).toMatchObject({
      outcome: 'opened',
      files: [STEP, schemaPath('nav')],
    });
    expect(await filesBelow(root)).toEqual(before);
  });

  it('waits for the migration of a break with an older release than the last', async () => {
    const root = await releasedRoot({ [schemaPath('nav')]: nav({ total: number, note: { type: 'string' } }) });
    await exempted(root, nav({ total: number }));
    expect(await release(root)).toMatchObject({ released: [{ surface: 'nav', version: '1.1.0' }] });
    await put(root, { [schemaPath('nav')]: nav({ total: number, note: number }) });
    expect(await release(root)).toMatchObject({ outcome: 'opened', stubs: [{ from: 1 }] });
  });
});
