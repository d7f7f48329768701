import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks, makeFifo } from '../../test/disk.js';
import { temporaryDirectory, temporaryFiles } from '../../test/fixtures.js';
import { mountTmpfs } from '../../test/tmpfs.js';
import type { DurabilityMode } from './durability.js';
import { createStateTarget } from './state-target.js';
import type { StateTarget } from './state-target.js';

interface Bench {
  readonly dir: string;
  readonly file: string;
  readonly target: StateTarget;
}

const WRITTEN = { outcome: 'written', finding: null };
const UNCHANGED = { outcome: 'unchanged', finding: null };
const old = Buffer.from('{"version":"old"}\n');
const next = Buffer.from('{"version":"new"}\n');

function bench(mode?: DurabilityMode): Bench {
  const dir = path.join(temporaryDirectory(), 'logs');
  const file = path.join(dir, 'state', 'nav.json');
  const place = { file, shown: 'logs/state/nav.json', surface: 'nav' };
  return { dir, file, target: createStateTarget(mode === undefined ? place : { ...place, mode }) };
}

function failedWith(actual: string): object {
  return {
    outcome: 'failed',
    finding: { rule: 'write-failed', level: 'error', surface: 'nav', file: 'logs/state/nav.json', actual },
  };
}

function expectOld({ dir, file }: Bench): void {
  expect(readFileSync(file)).toEqual(old);
  expect(temporaryFiles(dir)).toEqual([]);
}

describe.each(['fast', 'atomic', 'durable'] as const)('in mode %s', (mode) => {
  it('makes the directory, writes the bytes, readable by all, and leaves nothing else', () => {
    const { dir, file, target } = bench(mode);
    expect(target.put(old)).toEqual(WRITTEN);
    expect(readFileSync(file)).toEqual(old);
    expect((statSync(file).mode & 0o777).toString(8)).toBe((0o644 & ~process.umask()).toString(8));
    expect(readdirSync(path.dirname(file))).toEqual(['nav.json']);
    expect(readdirSync(dir)).toEqual(['state']);
    expect(target.sync()).toBeNull();
  });

  it('replaces the file by a new one, so that a reader with the old one open keeps it whole', () => {
    const { file, target } = bench(mode);
    target.put(old);
    const reader = openSync(file, 'r');
    expect(target.put(next)).toEqual(WRITTEN);
    expect(readFileSync(reader)).toEqual(old);
    expect(readFileSync(file)).toEqual(next);
  });

  it('keeps the valid file where a directory has taken the name, and recovers', () => {
    const { dir, file, target } = bench(mode);
    mkdirSync(path.join(file, 'inside'), { recursive: true });
    expect(target.put(next)).toMatchObject(failedWith('EISDIR'));
    expect(temporaryFiles(dir)).toEqual([]);
    rmSync(file, { recursive: true });
    expect(target.put(next)).toEqual(WRITTEN);
  });
});

it('takes the first bytes of a buffer that may be shared between threads, and keeps no hold of it', () => {
  const { file, target } = bench();
  const shared = new Uint8Array(new SharedArrayBuffer(64));
  shared.set(old);
  expect(target.put(shared, old.length)).toEqual(WRITTEN);
  shared.set(next);
  expect(readFileSync(file)).toEqual(old);
  expect(target.put(shared, next.length)).toEqual(WRITTEN);
  expect(readFileSync(file)).toEqual(next);
  expect(target.put(shared, 0)).toEqual(WRITTEN);
  expect(statSync(file).size).toBe(0);
});

it('does not rewrite a file that holds the bytes', () => {
  const { file, target } = bench();
  target.put(old);
  const before = statSync(file, { bigint: true });
  expect(target.put(Buffer.from(old))).toEqual(UNCHANGED);
  expect(statSync(file, { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  expect(target.put(next)).toEqual(WRITTEN);
  expect(target.put(old)).toEqual(WRITTEN);
});

it.each([
  ['removed', (file: string) => rmSync(file)],
  ['appended to', (file: string) => appendFileSync(file, '!')],
  ['removed with its directory', (file: string) => rmSync(path.dirname(file), { recursive: true })],
  ['replaced by one with the same bytes', (file: string) => replaceBy(file, old)],
  ['replaced by a link to itself', relink],
  ['changed in place with its time set back', overwriteInSecret],
])('rewrites the same bytes where the file was %s', (_title, disturb) => {
  const { file, target } = bench();
  target.put(old);
  disturb(file);
  expect(target.put(old)).toEqual(WRITTEN);
  expect(readFileSync(file)).toEqual(old);
  expect(lstatSync(file).isFile()).toBe(true);
});

function replaceBy(file: string, bytes: Buffer): void {
  rmSync(file);
  writeFileSync(file, bytes);
}

function relink(file: string): void {
  writeFileSync(`${file}.moved`, old);
  rmSync(file);
  symlinkSync(`${file}.moved`, file);
}

/** The same length, and the same time to the nanosecond: only ctime tells. */
function overwriteInSecret(file: string): void {
  const reference = `${file}.time`;
  spawnSync('touch', ['-r', file, reference]);
  const { size, mtimeNs } = statSync(file, { bigint: true });
  writeSync(openSync(file, 'r+'), next);
  spawnSync('touch', ['-r', reference, file]);
  expect(statSync(file, { bigint: true })).toMatchObject({ size, mtimeNs });
}

it.each([
  ['symbolic link', (file: string) => symlinkSync(path.resolve(file, '../../elsewhere'), file)],
  ['dangling link', (file: string) => symlinkSync('nowhere', file)],
  ['link to itself', (file: string) => symlinkSync('nav.json', file)],
  ['link to /dev/full', (file: string) => symlinkSync('/dev/full', file)],
  ['FIFO', makeFifo],
])('replaces a %s by the file and leaves what it leads to', (_title, plant) => {
  const { dir, file, target } = bench();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(path.join(dir, 'elsewhere'), 'untouched');
  plant(file);
  expect(target.put(next)).toEqual(WRITTEN);
  expect(lstatSync(file).isFile()).toBe(true);
  expect(readFileSync(file)).toEqual(next);
  expect(readFileSync(path.join(dir, 'elsewhere'), 'utf8')).toBe('untouched');
});

it('reports a file in place of the directory, and writes once it is gone', () => {
  const { dir, file, target } = bench();
  writeFileSync(dir, '');
  expect(target.put(old)).toMatchObject(failedWith('ENOTDIR'));
  rmSync(dir);
  expect(target.put(old)).toEqual(WRITTEN);
  expect(existsSync(file)).toBe(true);
});

it('says with the error which call it came from, and what helps', () => {
  const { dir, target } = bench();
  writeFileSync(dir, '');
  expect(target.put(old).finding).toMatchObject({
    message: 'logs/state/nav.json could not be written: ENOTDIR from open',
    expected: 'a writable regular file',
    fix: 'A file has the name of the directory: move it away.',
  });
});

it('leaves a whole document of one of them where two targets share a file', () => {
  const { dir, file, target } = bench();
  const other = createStateTarget({ file, shown: file, surface: 'nav' });
  for (let round = 0; round < 20; round += 1) {
    expect([target.put(old), other.put(next)]).toEqual([WRITTEN, WRITTEN]);
    expect(readFileSync(file)).toEqual(next);
  }
  expect(temporaryFiles(dir)).toEqual([]);
});

describe('on a file system of its own', () => {
  function mounted(options: string): Bench | string {
    const made = bench();
    mkdirSync(made.dir);
    return mountTmpfs(made.dir, options) ?? made;
  }

  it('keeps the valid file where the disk takes only a part, or nothing', ({ skip }) => {
    const made = mounted('128k');
    if (typeof made === 'string') return skip(made);
    const { dir, file, target } = made;
    expect(target.put(old)).toEqual(WRITTEN);
    for (const filling of ['head -c 96k', 'cat']) {
      spawnSync('sh', ['-c', `${filling} /dev/zero > "${dir}/filler"`]);
      expect(target.put(Buffer.alloc(64 * 1024, 'x'))).toMatchObject(failedWith('ENOSPC'));
      expectOld(made);
    }
    rmSync(path.join(dir, 'filler'));
    expect(target.put(next)).toEqual(WRITTEN);
    expect(readFileSync(file)).toEqual(next);
  });

  it('keeps the valid file where there are no inodes left, and recovers', ({ skip }) => {
    const made = mounted('128k,nr_inodes=5');
    if (typeof made === 'string') return skip(made);
    const { dir, target } = made;
    target.put(old);
    for (const name of ['a', 'b']) writeFileSync(path.join(dir, name), '');
    expect(target.put(next)).toMatchObject(failedWith('ENOSPC'));
    expectOld(made);
    rmSync(path.join(dir, 'a'));
    expect(target.put(next)).toEqual(WRITTEN);
  });

  it('keeps the valid file where it is mounted read-only, and recovers', ({ skip }) => {
    const made = mounted('128k');
    if (typeof made === 'string') return skip(made);
    const { dir, target } = made;
    target.put(old);
    const remount = lacks('mount', '-o', 'remount,ro', dir);
    if (remount !== null) return skip(remount);
    expect(target.put(next)).toMatchObject(failedWith('EROFS'));
    expectOld(made);
    spawnSync('mount', ['-o', 'remount,rw', dir]);
    expect(target.put(next)).toEqual(WRITTEN);
  });

  it('does not touch a file that the kernel holds immutable', ({ skip }) => {
    const made = bench();
    const { file, target } = made;
    target.put(old);
    const unavailable = lacks('chattr', '+i', file);
    if (unavailable !== null) return skip(unavailable);
    try {
      expect(target.put(next)).toMatchObject(failedWith('EPERM'));
      expectOld(made);
    } finally {
      spawnSync('chattr', ['-i', file]);
    }
    expect(target.put(next)).toEqual(WRITTEN);
  });
});
