import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lacks } from '../../test/disk.js';
import { temporaryDirectory } from '../../test/fixtures.js';
import { removeLeftovers } from './leftovers.js';
import { thisProcess } from './process-identity.js';
import { temporaryName, temporaryNames } from './temporary-names.js';

const RANDOM = '0123456789ab';
const ended = spawnSync('true').pid;

function directoryWith(files: Readonly<Record<string, number>>): string {
  const directory = temporaryDirectory();
  for (const [name, age] of Object.entries(files)) {
    writeFileSync(path.join(directory, name), '');
    const at = Date.now() / 1000 - age;
    utimesSync(path.join(directory, name), at, at);
  }
  return directory;
}

it('removes temporary files of processes that have ended, or that are older than a minute, and reports each', () => {
  const gone = {
    [`.nav.json.${ended}.7.${RANDOM}.tmp`]: 0,
    [`.events.20261128T120000.000Z.jsonl.gz.${ended}.${RANDOM}.tmp`]: 0,
    [`.events.jsonl.lock.${ended}.${RANDOM}.tmp`]: 0,
    [`.nav.json.${process.ppid}.7.${RANDOM}.tmp`]: 61,
  };
  const directory = directoryWith({ ...gone, 'nav.json': 999 });
  const findings = removeLeftovers({ directory, shown: 'logs/state' });
  expect(readdirSync(directory)).toEqual(['nav.json']);
  expect(findings.map(({ rule, level, file }) => [rule, level, file]).toSorted()).toEqual(
    Object.keys(gone)
      .map((name) => ['stale-temporary-removed', 'info', `logs/state/${name}`])
      .toSorted(),
  );
});

it('leaves what may be in use, and every other name', () => {
  const kept = {
    [`.nav.json.${process.ppid}.7.${RANDOM}.tmp`]: 5,
    [`.nav.json.${process.pid}.7.${RANDOM}.tmp`]: 0,
    [`nav.json.${ended}.7.${RANDOM}.tmp`]: 999,
    [`.nav.json.${ended}.7.tmp`]: 999,
    [`.nav.json.${ended}.7.${RANDOM}`]: 999,
    '.nav.json.tmp': 999,
    '.events.jsonl.lock': 999,
    'events.20261128T120000.000Z.jsonl': 999,
  };
  const directory = directoryWith(kept);
  mkdirSync(path.join(directory, `.nav.json.${ended}.8.${RANDOM}.tmp`));
  symlinkSync('nowhere', path.join(directory, `.nav.json.${ended}.9.${RANDOM}.tmp`));
  expect(removeLeftovers({ directory, shown: 'x' })).toEqual([]);
  expect(readdirSync(directory)).toHaveLength(Object.keys(kept).length + 2);
});

it('knows what was left by an earlier process with the same number, as in a container', () => {
  const directory = directoryWith({ [`.nav.json.${process.pid}.7.${RANDOM}.tmp`]: process.uptime() + 5 });
  expect(removeLeftovers({ directory, shown: 'x' })).toHaveLength(1);
});

it('knows the names that targets, locks and the archive make', () => {
  const directory = temporaryDirectory();
  const next = temporaryNames(path.join(directory, 'nav.json'));
  const names = [next(), next(), temporaryName(path.join(directory, '.events.jsonl.lock'))];
  expect(new Set(names).size).toBe(3);
  for (const name of names) {
    writeFileSync(name, '');
    utimesSync(name, 1, 1);
  }
  expect(removeLeftovers({ directory, shown: 'x' })).toHaveLength(3);
});

it('removes the guard of a stale lock once that lock is gone, not before', () => {
  const directory = directoryWith({ '.events.jsonl.lock.stale': 61, '.orders.jsonl.lock.stale': 61 });
  const lock = path.join(directory, '.events.jsonl.lock');
  writeFileSync(lock, JSON.stringify({ ...thisProcess(), token: 'stale' }));
  removeLeftovers({ directory, shown: 'x' });
  expect(readdirSync(directory)).toEqual(['.events.jsonl.lock', '.events.jsonl.lock.stale']);
});

it('says nothing of a directory that does not exist, and reports one that cannot be read', () => {
  const directory = temporaryDirectory();
  expect(removeLeftovers({ directory: path.join(directory, 'none'), shown: 'none' })).toEqual([]);
  writeFileSync(path.join(directory, 'file'), '');
  expect(removeLeftovers({ directory: path.join(directory, 'file'), shown: 'file' })).toEqual([]);
  symlinkSync('loop', path.join(directory, 'loop'));
  expect(removeLeftovers({ directory: path.join(directory, 'loop'), shown: 'loop' })).toMatchObject([
    { rule: 'removal-failed', file: 'loop', actual: 'ELOOP' },
  ]);
});

it('reports a file that cannot be removed', ({ skip }) => {
  const name = `.nav.json.${ended}.7.${RANDOM}.tmp`;
  const directory = directoryWith({ [name]: 0 });
  const unavailable = lacks('chattr', '+i', path.join(directory, name));
  if (unavailable !== null) return skip(unavailable);
  try {
    expect(removeLeftovers({ directory, shown: 'logs/state' })).toMatchObject([
      { rule: 'removal-failed', level: 'warning', file: `logs/state/${name}`, actual: 'EPERM' },
    ]);
  } finally {
    spawnSync('chattr', ['-i', path.join(directory, name)]);
  }
});
