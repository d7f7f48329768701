import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { build } from '../test/children.js';
import { SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { makeRoots, temporaryDirectory } from '../test/roots.js';
import { hasStrace, traced } from '../test/trace.js';
import { replaceFileDurably } from './atomic-write.js';

const CALLS = 'openat,write,fsync,fdatasync,rename';
const PATIENT = { timeout: 30_000 };

describe.skipIf(!hasStrace)('the calls for a document', () => {
  beforeAll(build);

  test('once: it is made anew, written, flushed and renamed into place, and its name is flushed', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const calls = traced(CALLS, 'mirror-child.mjs', roots.from, roots.to, 'once');
    await expect.poll(calls, PATIENT).toContainEqual(expect.stringMatching(/write\(1</));
    expect(ofTemporary(calls())).toEqual(['openat O_EXCL', 'write', 'fsync', 'rename']);
    const names = ofDirectory(calls(), join(roots.to, 'state'));
    expect(names).toEqual(['rename', 'fdatasync']);
  });

  test('while following: it is not waited for; what lies there is flushed a moment later', async () => {
    const roots = makeRoots();
    const source = roots.put(SHADOW_HEAD, shadowHead(T0));
    const calls = traced(CALLS, 'mirror-child.mjs', roots.from, roots.to, 'follow');
    for (let index = 1; index <= 10; index += 1) {
      writeFileSync(`${source}.tmp`, shadowHead(T0 + index));
      renameSync(`${source}.tmp`, source);
      await expect.poll(() => headOf(roots.to), { ...PATIENT, interval: 1 }).toBe(shadowHead(T0 + index));
    }
    const seen = calls().length;
    const flushed = new RegExp(`fdatasync\\(\\d+<${join(roots.to, SHADOW_HEAD)}>`);
    await expect.poll(() => calls().slice(seen), PATIENT).toContainEqual(expect.stringMatching(flushed));
    const made = ofTemporary(calls());
    expect(made.length).toBeGreaterThanOrEqual(30);
    expect(new Set(made)).toEqual(new Set(['openat O_EXCL', 'write', 'rename']));
  });
});

test('many replacements at the same time do not meet, and leave one of them and no temporary', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'file.json');
  const contents = Array.from({ length: 50 }, (_, index) => Buffer.alloc(10_000, index));
  expect(new Set(await Promise.all(contents.map((each) => replaceFileDurably(path, each))))).toEqual(new Set([null]));
  const result = readFileSync(path);
  expect(contents.some((each) => each.equals(result))).toBe(true);
  expect(readdirSync(directory)).toEqual(['file.json']);
});

/** The calls on temporaries of the document, by name. */
function ofTemporary(calls: readonly string[]): string[] {
  return calls
    .filter((call) => /pipeline_v6_shadow_head\.json\.\d+\.\d+\.[0-9a-f]+\.tmp/.test(call))
    .map((call) => /(\w+)\(/.exec(call)?.[1] + (call.includes('O_EXCL') ? ' O_EXCL' : ''));
}

/** The renames into a directory and the flushes of the directory itself, by name. */
function ofDirectory(calls: readonly string[], directory: string): string[] {
  return calls
    .filter((call) =>
      call.includes('rename(')
        ? call.includes(`, "${directory}/`)
        : call.includes(`sync(`) && call.includes(`<${directory}>`),
    )
    .map((call) => /(\w+)\(/.exec(call)?.[1] ?? '');
}

function headOf(to: string): string {
  try {
    return readFileSync(join(to, SHADOW_HEAD), 'utf8');
  } catch {
    return '';
  }
}
