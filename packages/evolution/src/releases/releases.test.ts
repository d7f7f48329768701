import { afterEach, describe, expect, it } from 'vitest';

import { directoryWith, put, removeDirectories } from '../testing-root.js';
import { loadReleases, sha256 } from './releases.js';
import type { Tampering } from './releases.js';

afterEach(removeDirectories);

const text = (title: string): string => `${JSON.stringify({ title })}\n`;
const entry = (version: string, content = text(version)): Record<string, unknown> => ({
  version,
  sha256: sha256(content),
  dialects: [],
  accepted: [],
});

async function schemasWith(index: unknown, files: Record<string, unknown>): Promise<string> {
  return directoryWith({ 'released/index.json': index, ...files });
}

async function tampering(directory: string): Promise<Pick<Tampering, 'file' | 'problem'>[]> {
  return (await loadReleases(directory)).tampering.map(({ file, problem }) => ({ file, problem }));
}

describe('loadReleases', () => {
  it('finds nothing where nothing was ever released', async () => {
    const releases = await loadReleases(await directoryWith());
    expect(releases).toMatchObject({ index: {}, surfaces: [], tampering: [] });
    expect(releases.of('nav')).toEqual([]);
  });

  it('gives the versions oldest first, however the index lists them', async () => {
    const versions = ['1.10.0', '1.0.0', '2.0.0', '1.9.0'];
    const files = Object.fromEntries(versions.map((each) => [`released/nav/${each}.schema.json`, text(each)]));
    const releases = await loadReleases(await schemasWith({ nav: versions.map((each) => entry(each)) }, files));
    expect(releases.tampering).toEqual([]);
    expect(releases.of('nav').map(({ version, major, schema }) => [version, major, schema['title']])).toEqual([
      ['1.0.0', 1, '1.0.0'],
      ['1.9.0', 1, '1.9.0'],
      ['1.10.0', 1, '1.10.0'],
      ['2.0.0', 2, '2.0.0'],
    ]);
  });

  it('sees an edited, a missing, an unlisted and a doubly listed file', async () => {
    const index = { nav: [entry('1.0.0'), entry('1.1.0'), entry('1.2.0'), entry('1.2.0')] };
    const directory = await schemasWith(index, {
      'released/nav/1.0.0.schema.json': text('edited'),
      'released/nav/1.2.0.schema.json': text('1.2.0'),
      'released/nav/1.3.0.schema.json': text('1.3.0'),
      'released/notes.txt': 'not JSON, no matter',
    });
    expect(await tampering(directory)).toEqual([
      { file: 'released/nav/1.0.0.schema.json', problem: 'edited' },
      { file: 'released/nav/1.1.0.schema.json', problem: 'missing' },
      { file: 'released/nav/1.2.0.schema.json', problem: 'listed twice' },
      { file: 'released/nav/1.3.0.schema.json', problem: 'not in the index' },
    ]);
    await put(directory, { 'released/nav/1.0.0.schema.json': text('1.0.0') });
    expect(await tampering(directory)).not.toContainEqual(expect.objectContaining({ problem: 'edited' }));
  });

  it('says both hashes of an edited file', async () => {
    const directory = await schemasWith({ nav: [entry('1.0.0')] }, { 'released/nav/1.0.0.schema.json': text('x') });
    expect((await loadReleases(directory)).tampering).toMatchObject([
      { surface: 'nav', expected: sha256(text('1.0.0')), actual: sha256(text('x')) },
    ]);
  });

  it.each(['[]', '7', 'null', '"text"', 'not JSON'])(
    'sees that %s is no schema although its hash is right',
    async (content) => {
      const directory = await schemasWith(
        { nav: [entry('1.0.0', content)] },
        { 'released/nav/1.0.0.schema.json': content },
      );
      expect(await tampering(directory)).toEqual([{ file: 'released/nav/1.0.0.schema.json', problem: 'no schema' }]);
    },
  );

  it('takes every file for unlisted where the index is gone', async () => {
    const directory = await directoryWith({ 'released/nav/1.0.0.schema.json': text('1.0.0') });
    expect(await tampering(directory)).toEqual([
      { file: 'released/nav/1.0.0.schema.json', problem: 'not in the index' },
    ]);
  });

  it('is not misled by a directory that is called like a file', async () => {
    expect(await tampering(await directoryWith({ 'released/nav.json/readme.txt': '' }))).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    ['a list', []],
    ['a surface without a list', { nav: {} }],
    ['an entry that is null', { nav: [null] }],
    ['a version that is none', { nav: [{ ...entry('1.0.0'), version: '../1.0.0' }] }],
    ['no hash', { nav: [{ ...entry('1.0.0'), sha256: null }] }],
    ['dialects that are no names', { nav: [{ ...entry('1.0.0'), dialects: [1] }] }],
    ['an accepted break that is null', { nav: [{ ...entry('1.0.0'), accepted: [null] }] }],
    ['an accepted break without a reason', { nav: [{ ...entry('1.0.0'), accepted: [{ fingerprint: 'a' }] }] }],
  ])('finds the index unreadable that is or has %s', async (_, index) => {
    expect(await tampering(await schemasWith(index, {}))).toEqual([
      { file: 'released/index.json', problem: 'index unreadable' },
    ]);
  });
});
