import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_DOCUMENT_BYTES } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRegular } from './read-regular.js';
import { createReader } from './reader.js';

let dir: string;
let path: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reader-files-'));
  await mkdir(join(dir, 'state'));
  path = join(dir, 'state', 'nav.json');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function listening(at: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(at, done));
  return server;
}

/** What the reader says of the file, which must come at once. */
async function troubleOf(): Promise<{ state: string; rule: string | undefined; actual: string | null | undefined }> {
  const started = performance.now();
  const { state, findings } = await createReader({ dir }).read('nav');
  expect(performance.now() - started).toBeLessThan(1_000);
  return { state, rule: findings[0]?.rule, actual: findings[0]?.actual };
}

describe('a path that is no plain file', () => {
  it('is unreadable when it is a directory', async () => {
    await mkdir(path);
    expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-unreadable', actual: 'a directory' });
  });

  it('is unreadable, at once, when it is a FIFO that nobody writes to', async () => {
    execFileSync('mkfifo', [path]);
    expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-unreadable', actual: 'a FIFO' });
  });

  it('is unreadable when it is a socket', async () => {
    const server = await listening(path);
    try {
      expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-unreadable', actual: 'ENXIO' });
    } finally {
      server.close();
    }
  });

  it.each([
    ['out of the directory', '/etc/hostname', 'a symbolic link out of the directory'],
    ['to a device', '/dev/zero', 'a symbolic link out of the directory'],
    ['to nothing', '/nonexistent', 'a symbolic link to nothing'],
    ['to itself', 'nav.json', 'ELOOP'],
    ['to a directory', '.', 'a directory'],
  ])('is unreadable when it is a link %s', async (_name, target, actual) => {
    await symlink(target, path);
    expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-unreadable', actual });
  });

  it('is read through a link that stays in the directory', async () => {
    await writeFile(join(dir, 'state', 'nav.1.json'), '{"nav_total": 1}');
    await symlink('nav.1.json', path);
    expect(await troubleOf()).toMatchObject({ state: 'invalid', rule: 'required-missing' });
  });

  it('is unreadable when its parent is a file', async () => {
    await rm(join(dir, 'state'), { recursive: true });
    await writeFile(join(dir, 'state'), '');
    expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-unreadable', actual: 'ENOTDIR' });
  });

  it('is never when there is nothing', async () => {
    expect(await troubleOf()).toEqual({ state: 'never', rule: 'file-missing', actual: 'nothing' });
  });
});

describe('a file of the wrong size', () => {
  it('is unreadable when it is empty', async () => {
    await writeFile(path, '');
    expect(await troubleOf()).toMatchObject({ state: 'unreadable', rule: 'json-syntax' });
  });

  it('is refused unread when it is larger than a reader accepts', async () => {
    await writeFile(path, '');
    await truncate(path, 600 * 1024 * 1024);
    expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-too-large', actual: '629145600 bytes' });
    await truncate(path, 2 ** 40);
    expect(await troubleOf()).toMatchObject({ state: 'unreadable', rule: 'file-too-large' });
  });

  it('is refused by one byte too many and read with exactly as many as accepted', async () => {
    await writeFile(path, '');
    await truncate(path, MAX_DOCUMENT_BYTES + 1);
    expect(await troubleOf()).toMatchObject({ rule: 'file-too-large' });
    await truncate(path, MAX_DOCUMENT_BYTES);
    const read = await readRegular(path, dir);
    expect(read.ok && read.bytes.length).toBe(MAX_DOCUMENT_BYTES);
  });

  it('is read whole when its size is not known beforehand', async () => {
    const read = await readRegular('/proc/self/status', '/proc');
    expect(read.ok && Buffer.from(read.bytes).toString()).toMatch(/^Name:[\s\S]+\n$/);
  });
});

describe('a file without rights', () => {
  it('is unreadable', async () => {
    await writeFile(path, '{}', { mode: 0o000 });
    await chmod(dir, 0o755);
    const restore = withoutPrivileges();
    try {
      expect(await troubleOf()).toEqual({ state: 'unreadable', rule: 'file-unreadable', actual: 'EACCES' });
    } finally {
      restore();
    }
  });
});

/** Root may read everything: become nobody for a while. */
function withoutPrivileges(): () => void {
  if (process.geteuid?.() !== 0) return () => undefined;
  process.seteuid?.(65_534);
  return () => process.seteuid?.(0);
}
