import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, onTestFinished, test } from 'vitest';

import { build, scriptOf } from '../test/children.js';
import { NAV_HISTORY, navLines, positions, POSITIONS, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { mountTmpfs } from '../test/file-systems.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync, SyncReport } from './index.js';

const NOW = T0 + 1000;

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => NOW });
}

function rulesOf(report: SyncReport): string[] {
  return report.findings.map(({ rule }) => rule);
}

describe('a source that is no regular file', () => {
  const traps: readonly (readonly [string, (path: string) => unknown, string])[] = [
    ['FIFO', (path) => execFileSync('mkfifo', [path]), 'a FIFO'],
    ['directory', (path) => mkdirSync(path), 'a directory'],
    ['symbolic link to a good document', (path) => linkToDocument(path), 'a symbolic link'],
    ['symbolic link to /dev/zero', (path) => symlinkSync('/dev/zero', path), 'a symbolic link'],
    ['symbolic link to itself', (path) => symlinkSync(path, path), 'a symbolic link'],
    ['dangling symbolic link', (path) => symlinkSync('/nonexistent', path), 'a symbolic link'],
    ['socket', listen, 'a socket'],
  ];

  test.each(traps)('is a finding and not read: a %s', { timeout: 5000 }, async (_what, make, actual) => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, shadowHead(T0));
    await make(join(roots.from, SHADOW_HEAD));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ ok: false, skipped: [SHADOW_HEAD] });
    expect(report.findings).toMatchObject([
      { rule: 'file-unreadable', actual, file: join(roots.from, SHADOW_HEAD) },
      { rule: 'mirror-kept-last-good' },
    ]);
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });

  test('is a finding and not read: a file beyond the limit', async () => {
    const roots = makeRoots();
    truncateSync(roots.put(SHADOW_HEAD, shadowHead(T0)), 2 ** 40);
    const report = await syncOf(roots).once();
    expect(rulesOf(report)).toEqual(['file-too-large', 'quarantined']);
    expect(report.skipped).toEqual([SHADOW_HEAD]);
  });
});

describe('a source with strange names, times and rights', () => {
  test('has what can be opened mirrored where it is included, and the rest listed or reported', async () => {
    const roots = makeRoots();
    const names = ['a\nb.json', `${'a'.repeat(200)}.json`, ' .json', '-rf.json', '*.json'];
    for (const name of names) roots.put(`own/${name}`, '{}');
    writeFileSync(
      Buffer.concat([Buffer.from(join(roots.from, 'own/')), Buffer.from([0xff]), Buffer.from('.json')]),
      '{}',
    );
    roots.put(`own/${'a'.repeat(250)}.json`, '{}');
    const report = await createSync({ ...roots, include: ['own'], patienceMs: 0 }).once();
    expect(report.mirrored).toEqual(names.map((name) => `own/${name}`).toSorted());
    expect(report.undeclared).toEqual(['own/\uFFFD.json']);
    expect(report.findings).toMatchObject([{ rule: 'write-failed', actual: 'ENAMETOOLONG' }]);
  });

  test.each([0, 4_070_908_800])('is mirrored whatever the times of its files are: %d', async (time) => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    for (const index of [1, 2, 3]) {
      for (const path of [roots.put(SHADOW_HEAD, shadowHead(T0 + index)), roots.put(NAV_HISTORY, navLines(1, index))])
        utimesSync(path, time, time);
      expect(await sync.once()).toMatchObject({ mirrored: [NAV_HISTORY, SHADOW_HEAD], findings: [] });
    }
    utimesSync(roots.put(SHADOW_HEAD, '{'), time, time);
    expect(rulesOf(await sync.once())).toEqual(['json-syntax', 'quarantined', 'mirror-kept-last-good']);
  });

  test('is a finding where this user may not read it', (context) => {
    const roots = makeRoots();
    chmodSync(roots.put(SHADOW_HEAD, shadowHead(T0)), 0o000);
    build();
    mkdirSync(roots.to);
    chmodSync(roots.to, 0o777);
    chmodSync(join(roots.from, '..'), 0o755);
    const parameters = [scriptOf('mirror-child.mjs'), roots.from, roots.to, 'report'];
    const user = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
    const { status, stdout } = spawnSync('setpriv', [...user, ...parameters], { encoding: 'utf8' });
    if (status !== 0) context.skip('no other user to run as');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      skipped: [SHADOW_HEAD],
      findings: [{ rule: 'file-unreadable', actual: 'EACCES' }],
    });
  });

  test('keeps what was mirrored when a directory of it is gone', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    rmSync(join(roots.from, 'state'), { recursive: true });
    expect(await sync.once()).toMatchObject({ ok: true, findings: [{ rule: 'file-missing' }] });
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });
});

describe('a mirror with traps in it', () => {
  test('replaces a symbolic link in place of a document and does not follow it', async () => {
    const roots = makeRoots();
    const outside = roots.put('outside.json', 'untouched');
    mkdirSync(join(roots.to, 'state'), { recursive: true });
    symlinkSync(outside, join(roots.to, SHADOW_HEAD));
    roots.put(SHADOW_HEAD, shadowHead(T0));
    expect((await syncOf(roots).once()).mirrored).toEqual([SHADOW_HEAD]);
    expect(readFileSync(outside, 'utf8')).toBe('untouched');
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });

  test('does not write through a directory that is a symbolic link', async () => {
    const roots = makeRoots();
    const outside = join(roots.from, '..', 'outside');
    mkdirSync(outside);
    mkdirSync(roots.to);
    symlinkSync(outside, join(roots.to, 'state'));
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ ok: false, skipped: [SHADOW_HEAD] });
    expect(rulesOf(report)).toEqual(['write-failed']);
    expect(filesBelow(outside)).toEqual([]);
  });

  test('reports a directory in place of a document, leaves no temporary, and goes on with the others', async () => {
    const roots = makeRoots();
    mkdirSync(join(roots.to, SHADOW_HEAD), { recursive: true });
    roots.put(SHADOW_HEAD, shadowHead(T0));
    roots.put(POSITIONS, positions(['BTCUSDT', T0]));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ ok: false, mirrored: [POSITIONS], skipped: [SHADOW_HEAD] });
    expect(filesBelow(roots.to)).toEqual([POSITIONS]);
  });

  test('reports a file system without space and mirrors once there is some', async (context) => {
    const roots = makeRoots();
    const obstacle = mountTmpfs(roots.to, '16k');
    if (obstacle !== null) context.skip(obstacle);
    const good = shadowHead(T0);
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, good);
    await sync.once();
    roots.put(SHADOW_HEAD, `${shadowHead(T0 + 1)}${' '.repeat(64_000)}`);
    const report = await sync.once();
    expect(report.findings).toMatchObject([{ rule: 'write-failed', actual: 'ENOSPC' }]);
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(good);
    expect(filesBelow(roots.to)).toEqual([SHADOW_HEAD]);
    await sleep(50);
    expect((await sync.once()).skipped).toEqual([SHADOW_HEAD]);
    execFileSync('mount', ['-o', 'remount,size=4m', roots.to]);
    expect((await sync.once()).mirrored).toEqual([SHADOW_HEAD]);
  });
});

function linkToDocument(path: string): void {
  writeFileSync(`${path}.real`, shadowHead(T0));
  chmodSync(`${path}.real`, 0o644);
  symlinkSync(`${path}.real`, path);
}

function listen(path: string): Promise<void> {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((resolve) => server.listen(path, resolve));
}
