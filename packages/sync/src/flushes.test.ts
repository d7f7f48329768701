import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { temporaryDirectory } from '../test/roots.js';
import { createFlushes } from './flushes.js';

test('files, their directories and names are flushed, also below a root that is a symbolic link', async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'root'));
  symlinkSync('root', join(directory, 'link'));
  const flushes = createFlushes();
  for (const name of ['a', 'b', 'c']) {
    writeFileSync(join(directory, 'link', name), name);
    flushes.owe(join(directory, 'link', name));
  }
  flushes.oweName(join(directory, 'link', 'd'));
  expect(await flushes.settle()).toEqual([]);
});

test('what is gone is not missed; what is in the way is told once', async () => {
  const directory = temporaryDirectory();
  const flushes = createFlushes();
  const file = join(directory, 'file');
  writeFileSync(file, '');
  flushes.owe(file);
  flushes.owe(join(directory, 'none', 'file'));
  unlinkSync(file);
  symlinkSync('elsewhere', join(directory, 'link'));
  flushes.owe(join(directory, 'link'));
  expect(await flushes.settle()).toMatchObject([
    { rule: 'write-failed', file: join(directory, 'link'), actual: 'ELOOP' },
  ]);
  expect(await flushes.settle()).toEqual([]);
});
