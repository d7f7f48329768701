import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { build, scriptOf } from '../test/children.js';
import { SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { makeRoots, temporaryDirectory } from '../test/roots.js';
import { replaceFile } from './atomic-write.js';

const hasStrace = spawnSync('strace', ['-V']).status === 0;

test.skipIf(!hasStrace)('a document is created anew, written, flushed and then renamed into place', () => {
  const roots = makeRoots();
  roots.put(SHADOW_HEAD, shadowHead(T0));
  const directory = temporaryDirectory();
  build();
  const log = join(directory, 'calls');
  const traced = 'trace=openat,write,fsync,fdatasync,rename';
  execFileSync('strace', [
    '-f',
    '-qq',
    '-y',
    '-e',
    traced,
    '-o',
    log,
    process.execPath,
    scriptOf('mirror-child.mjs'),
    roots.from,
    roots.to,
    'once',
  ]);
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter((call) => /pipeline_v6_shadow_head\.json\.\d+\.\d+\.[0-9a-f]+\.tmp/.test(call))
    .map((call) => /(\w+)\(/.exec(call)?.[1] + (call.includes('O_EXCL') ? ' O_EXCL' : ''));
  expect(calls).toEqual(['openat O_EXCL', 'write', 'fsync', 'rename']);
});

test('many replacements at the same time do not meet, and leave one of them and no temporary', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'file.json');
  const contents = Array.from({ length: 50 }, (_, index) => Buffer.alloc(10_000, index));
  expect(new Set(await Promise.all(contents.map((each) => replaceFile(path, each))))).toEqual(new Set([null]));
  const result = readFileSync(path);
  expect(contents.some((each) => each.equals(result))).toBe(true);
  expect(readdirSync(directory)).toEqual(['file.json']);
});
