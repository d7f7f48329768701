import { afterEach, describe, expect, it } from 'vitest';

import { filesBelow, put, removeDirectories, schemaPath, stateSchema } from '../testing-root.js';
import type { Schema } from '../tree/load.js';
import { jsonOf, nav, next, number, release, releasedRoot } from './testing.js';

afterEach(removeDirectories);

describe('"next"', () => {
  const common = (since: string): Schema => ({
    $id: 'https://example.invalid/schemas/common.schema.json',
    $defs: { Side: { enum: ['LONG', 'SHORT'], 'x-since': since } },
  });
  const reference: Schema = { $ref: '../common.schema.json#/$defs/Side', 'x-since': 'next' };
  const sides = (nav1: Record<string, Schema>, risk1: Record<string, Schema>): Record<string, unknown> => ({
    [schemaPath('nav')]: nav(nav1),
    [schemaPath('risk')]: stateSchema('risk', risk1),
  });

  it('becomes the version in the file of the surface, which stays as it was otherwise', async () => {
    const root = await releasedRoot();
    const text = `${JSON.stringify(nav({ total: number, cash: next }))}  \n`;
    await put(root, { [schemaPath('nav')]: text });
    expect((await release(root)).files).toContain(schemaPath('nav'));
    expect((await filesBelow(root))[schemaPath('nav')]).toBe(text.replace('"next"', '"1.1.0"'));
    expect((await release(root)).outcome).toBe('unchanged');
  });

  it('becomes the version in which a field really came, so that the second release has nothing to do', async () => {
    const root = await releasedRoot();
    await put(root, { [schemaPath('nav')]: nav({ total: next, cash: next }) });
    await release(root);
    expect(await jsonOf(root, schemaPath('nav'))).toMatchObject({
      properties: { total: { 'x-since': '1.0.0' }, cash: { 'x-since': '1.1.0' } },
    });
    expect((await release(root)).outcome).toBe('unchanged');
  });

  it('becomes a version in a shared file where all surfaces concerned got the same', async () => {
    const root = await releasedRoot({
      'schemas/common.schema.json': common('next'),
      ...sides({ side: reference }, { side: reference }),
    });
    expect(await jsonOf(root, 'schemas/common.schema.json')).toEqual(common('1.0.0'));
    expect((await release(root)).outcome).toBe('unchanged');
  });

  it('stays in a shared file where they did not', async () => {
    const root = await releasedRoot({
      'schemas/common.schema.json': common('next'),
      ...sides({ total: number }, { limit: number }),
    });
    await put(root, sides({ total: number, cash: number }, { limit: number }));
    await release(root);
    await put(root, sides({ total: number, cash: number, side: reference }, { limit: number, side: reference }));
    expect(await release(root)).toMatchObject({ released: [{ version: '1.2.0' }, { version: '1.1.0' }] });
    expect(await jsonOf(root, 'schemas/common.schema.json')).toEqual(common('next'));
    expect(await jsonOf(root, schemaPath('risk'))).toMatchObject({ properties: { side: { 'x-since': '1.1.0' } } });
    expect(await jsonOf(root, 'schemas/released/nav/1.2.0.schema.json')).toMatchObject({
      $defs: { Side: { 'x-since': '1.2.0' } },
    });
    expect((await release(root)).outcome).toBe('unchanged');
  });
});
