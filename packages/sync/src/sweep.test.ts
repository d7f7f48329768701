import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { NAV_HISTORY, navLine, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import { createSync } from './index.js';

function agedBy(seconds: number, path: string): string {
  const time = Date.now() / 1000 - seconds;
  utimesSync(path, time, time);
  return path;
}

describe('partial files in the mirror', () => {
  test('are removed when a minute old, and left alone before', async () => {
    const roots = makeRoots();
    const own = `state/.nav.json.${process.pid}.7.00ff00ff.tmp`;
    const old = ['execution/anything.tmp', 'state/nav.tmp', own].map((path) => agedBy(61, roots.putMirror(path, '{')));
    const young = [`state/.nav.json.${process.pid}.8.00ff00ff.tmp`, 'state/x.json.tmp', 'execution/y.tmp'];
    for (const path of young) agedBy(50, roots.putMirror(path, '{'));
    agedBy(3600, roots.putMirror('state/notes.txt', 'kept'));
    const report = await createSync(roots).once();
    expect(report).toMatchObject({ ok: true, removed_source: [] });
    expect(report.removed.toSorted()).toEqual(['execution/anything.tmp', own, 'state/nav.tmp'].toSorted());
    expect(report.findings.map(({ rule, file }) => [rule, file]).toSorted()).toEqual(
      old.map((file) => ['stale-temporary-removed', file]).toSorted(),
    );
    expect(filesBelow(roots.to)).toEqual([...young, 'state/notes.txt'].toSorted());
  });

  test('are removed at once when the process that made them is gone', async () => {
    const roots = makeRoots();
    const pid = await pidOfTheDead();
    roots.putMirror(`state/.nav.json.${pid}.7.00ff00ff.tmp`, '{');
    roots.putMirror('state/.nav.json.99999999999999999999.7.00ff00ff.tmp', '{');
    expect((await createSync(roots).once()).removed).toEqual([`state/.nav.json.${pid}.7.00ff00ff.tmp`]);
  });

  test('are left alone behind a symbolic link, which leads out of the mirror', async () => {
    const roots = makeRoots();
    const outside = agedBy(3600, roots.put('elsewhere/nav.tmp', '{'));
    mkdirSync(roots.to);
    symlinkSync(dirname(outside), join(roots.to, 'state'));
    expect((await createSync(roots).once()).removed).toEqual([]);
    expect(existsSync(outside)).toBe(true);
  });
});

describe('partial files in the source', () => {
  const stale = ['state/.nav.json.1.2.0af3.tmp', 'state/nav.tmp', 'state/router_health.json.tmp'];
  const foreign = ['execution/events.jsonl.tmp', 'nav.tmp', 'state/.secret.json.1.2.0af3.tmp', 'state/other.tmp'];

  test('are removed when a state writer left them a minute ago; others are listed', async () => {
    const roots = makeRoots();
    for (const path of [...stale, ...foreign]) agedBy(61, roots.put(path, '{'));
    const young = 'state/.positions.json.1.2.0af3.tmp';
    agedBy(50, roots.put(young, '{'));
    const report = await createSync(roots).once();
    expect(report).toMatchObject({ ok: true, removed: [], undeclared: foreign });
    expect(report.removed_source.toSorted()).toEqual(stale.toSorted());
    expect(report.findings.map(({ rule }) => rule)).toEqual(stale.map(() => 'stale-temporary-removed'));
    expect(filesBelow(roots.from)).toEqual([...foreign, young].toSorted());
  });

  test('are reported and stay when the source is not to be cleaned', async () => {
    const roots = makeRoots();
    for (const path of stale) agedBy(61, roots.put(path, '{'));
    const report = await createSync({ ...roots, cleanSource: false }).once();
    expect(report).toMatchObject({ ok: true, removed: [], removed_source: [], undeclared: [] });
    expect(report.findings.map(({ rule, file }) => [rule, file])).toEqual(
      stale.map((path) => ['unrecognised-file', join(roots.from, path)]),
    );
    expect(filesBelow(roots.from)).toEqual(stale);
  });
});

describe('files that the contract does not know', () => {
  test('are listed and not mirrored', async () => {
    const roots = makeRoots();
    for (const path of ['nav_log.json', 'state/equity.json', 'execution/heartbeats.jsonl', 'cache/deep.json'])
      roots.put(path, '{}');
    roots.put(SHADOW_HEAD, shadowHead(T0));
    roots.put(NAV_HISTORY, navLine(1));
    const report = await createSync(roots).once();
    expect(report.undeclared).toEqual([
      'cache/deep.json',
      'execution/heartbeats.jsonl',
      'nav_log.json',
      'state/equity.json',
    ]);
    expect(filesBelow(roots.to)).toEqual([NAV_HISTORY, SHADOW_HEAD]);
  });
});

function pidOfTheDead(): Promise<number> {
  const child = spawn('true');
  return new Promise((resolve) => child.on('close', () => resolve(child.pid ?? 0)));
}
