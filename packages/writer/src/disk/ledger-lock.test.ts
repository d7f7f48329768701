import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Finding } from '@hedge-telemetry/contract';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ledgerBench, lines, makeFifo, numbers } from '../../test/disk.js';
import { temporaryDirectory } from '../../test/fixtures.js';
import { createLedgerLock } from './ledger-lock.js';
import type { LedgerLock } from './ledger-lock.js';
import { thisProcess } from './process-identity.js';

interface Bench {
  readonly directory: string;
  readonly lockFile: string;
  readonly heard: Finding[];
  lock(token?: string): LedgerLock;
}

const A_SECOND_AND_MORE = 1100;
const HALF_A_MINUTE_AND_MORE = 31;

function bench(): Bench {
  const directory = path.join(temporaryDirectory(), 'execution');
  const heard: Finding[] = [];
  const say = (each: Finding) => heard.push(each);
  const place = { file: path.join(directory, 'events.jsonl'), shown: 'execution/events.jsonl', surface: 'events', say };
  return {
    directory,
    lockFile: path.join(directory, '.events.jsonl.lock'),
    heard,
    lock(token) {
      const lock = createLedgerLock(token === undefined ? place : { ...place, token });
      onTestFinished(() => lock.release());
      return lock;
    },
  };
}

/** A lock as another writer leaves it, `silent` seconds ago. */
function plant({ directory, lockFile }: Bench, content: unknown, silent = 0): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(lockFile, typeof content === 'string' ? content : JSON.stringify(content));
  const at = Date.now() / 1000 - silent;
  utimesSync(lockFile, at, at);
}

function holder(other: object): object {
  return { ...thisProcess(), token: 'another', ...other };
}

/** Number and start of a process that has ended. */
function endedProcess(): { pid: number } {
  return { pid: spawnSync('true').pid };
}

const LOCKED = { rule: 'ledger-locked', level: 'error', surface: 'events', file: 'execution/.events.jsonl.lock' };

describe('the lock of a ledger', () => {
  it('names its holder, and goes when it is given back', () => {
    const made = bench();
    const lock = made.lock();
    expect(lock.hold()).toBeNull();
    expect(readdirSync(made.directory)).toEqual(['.events.jsonl.lock']);
    const content: unknown = JSON.parse(readFileSync(made.lockFile, 'utf8'));
    expect(content).toEqual({ ...thisProcess(), token: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(content).toMatchObject({
      pid: process.pid,
      host: hostname(),
      start: expect.stringMatching(/^\d+$/) as string,
    });
    expect(lock.hold()).toBeNull();
    lock.release();
    expect(readdirSync(made.directory)).toEqual([]);
    lock.release();
    expect(made.heard).toEqual([]);
  });

  it('refuses a second writer of the same process, until the first gives it back', () => {
    const made = bench();
    const [first, second] = [made.lock(), made.lock()];
    first.hold();
    expect(second.hold()).toMatchObject({ ...LOCKED, actual: `process ${process.pid} on ${hostname()}` });
    second.release();
    expect(existsSync(made.lockFile)).toBe(true);
    first.release();
    expect(second.hold()).toBeNull();
    expect(readdirSync(made.directory)).toEqual(['.events.jsonl.lock']);
  });

  it('is beaten about every second, by the clock of the file system', async () => {
    const made = bench();
    const lock = made.lock();
    lock.hold();
    const before = statSync(made.lockFile).mtimeMs;
    const content = readFileSync(made.lockFile, 'utf8');
    lock.beat();
    expect(statSync(made.lockFile).mtimeMs).toBe(before);
    await delay(A_SECOND_AND_MORE);
    lock.beat();
    expect(statSync(made.lockFile).mtimeMs).toBeGreaterThan(before + 1000);
    expect(readFileSync(made.lockFile, 'utf8')).toBe(content);
  });

  it.each([
    ['removed by hand is taken again', (file: string) => rmSync(file), null, ['ledger-lock-lost']],
    [
      'taken by another is given up',
      (file: string) => {
        rmSync(file);
        writeFileSync(file, JSON.stringify(holder({})));
      },
      LOCKED,
      ['ledger-lock-lost'],
    ],
  ])('%s, and reported', async (_title, disturb, held, rules) => {
    const made = bench();
    const lock = made.lock();
    lock.hold();
    disturb(made.lockFile);
    await delay(A_SECOND_AND_MORE);
    const result = lock.hold();
    expect(result === null ? null : { ...result }).toEqual(held === null ? null : expect.objectContaining(held));
    expect(made.heard.map(({ rule }) => rule)).toEqual(rules);
    lock.release();
    expect(existsSync(made.lockFile)).toBe(held !== null);
  });

  it('with the same token is taken over: the thread that held it has ended', () => {
    const made = bench();
    made.lock('writer-1').hold();
    expect(made.lock('writer-2').hold()).toMatchObject(LOCKED);
    expect(made.lock('writer-1').hold()).toBeNull();
    expect(made.heard.map(({ rule }) => rule)).toEqual(['ledger-lock-taken']);
  });
});

describe('a lock whose holder has ended', () => {
  it.each([
    ['process', () => holder(endedProcess())],
    ['process, whose number another has now', () => holder({ pid: process.ppid })],
    ['machine', () => holder({ boot: 'b0070000-0000-4000-8000-000000000000' })],
  ])('is taken over from an ended %s at once, and reported', (_title, content) => {
    const made = bench();
    plant(made, content());
    expect(made.lock().hold()).toBeNull();
    expect(JSON.parse(readFileSync(made.lockFile, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(made.heard).toMatchObject([
      { rule: 'ledger-lock-taken', level: 'info', actual: expect.stringMatching(/^process \d+ on /) as string },
    ]);
    expect(readdirSync(made.directory)).toEqual(['.events.jsonl.lock']);
  });

  it('is taken over from a process that was killed and is not waited for', async () => {
    const made = bench();
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = Number(
      await new Promise((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(String(data)))),
    );
    const start = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[21];
    plant(made, holder({ pid, start }));
    const lock = made.lock();
    expect(lock.hold()).toMatchObject(LOCKED);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
    expect(lock.hold()).toBeNull();
  });

  it.each([
    ['on another machine', () => holder({ host: 'elsewhere' })],
    ['in another container of this machine', () => holder({ namespace: 'pid:[1]' })],
    ['that could not see /proc', () => holder({ start: null, boot: null, namespace: null })],
    ['that is not named', () => ''],
    ['that is not named, in what is no JSON', () => '{"pid":1,'],
    ['that is named by a path', () => holder({ token: '../../../../tmp/x' })],
  ])('is taken over from one %s after half a minute of silence, not before', (_title, content) => {
    const made = bench();
    plant(made, content(), HALF_A_MINUTE_AND_MORE - 2);
    expect(made.lock().hold()).toMatchObject(LOCKED);
    expect(readdirSync(made.directory)).toEqual(['.events.jsonl.lock']);
    plant(made, content(), HALF_A_MINUTE_AND_MORE);
    expect(made.lock().hold()).toBeNull();
    expect(readdirSync(made.directory)).toEqual(['.events.jsonl.lock']);
  });

  it('is taken over though somebody was killed while taking it over', () => {
    const made = bench();
    plant(made, holder({ ...endedProcess(), token: 'stale' }));
    writeFileSync(`${made.lockFile}.stale`, JSON.stringify(holder({ ...endedProcess(), token: 'guard' })));
    expect(made.lock().hold()).toBeNull();
    expect(readdirSync(made.directory)).toEqual(['.events.jsonl.lock']);
  });

  it('is left alone while another is taking it over, also when that one is stopped', () => {
    const made = bench();
    plant(made, holder({ ...endedProcess(), token: 'stale' }));
    writeFileSync(`${made.lockFile}.stale`, JSON.stringify(holder({ token: 'guard' })));
    expect(made.lock().hold()).toMatchObject(LOCKED);
  });
});

it.each([
  ['directory', (file: string) => void mkdirSync(file, { recursive: true }), 'a directory'],
  ['symbolic link', (file: string) => plantLink(file), 'ELOOP'],
])('a %s in place of the lock is reported, and nothing is written', (_title, trap, actual) => {
  const { file, target } = ledgerBench();
  const lockFile = path.join(path.dirname(file), '.events.jsonl.lock');
  trap(lockFile);
  expect(target.write(lines(1, 1))).toMatchObject({
    bytes: 0,
    failure: { rule: 'write-failed', file: 'logs/execution/.events.jsonl.lock', actual },
  });
  expect(existsSync(file)).toBe(false);
  rmSync(lockFile, { recursive: true });
  expect(target.write(lines(1, 1)).failure).toBeNull();
});

it('a FIFO in place of the lock does not hang, and is taken over after half a minute', () => {
  const made = bench();
  makeFifo(made.lockFile);
  expect(made.lock().hold()).toMatchObject(LOCKED);
  const at = Date.now() / 1000 - HALF_A_MINUTE_AND_MORE;
  utimesSync(made.lockFile, at, at);
  expect(made.lock().hold()).toBeNull();
});

it('a ledger is written by one of two targets, and by the other once that is closed', () => {
  const { file, target } = ledgerBench();
  target.write(lines(1, 1));
  const { target: other } = ledgerBench(undefined, { file });
  expect(other.write(lines(2, 2))).toMatchObject({ bytes: 0, lines: 0, failure: { rule: 'ledger-locked' } });
  target.close();
  expect(other.write(lines(2, 2)).failure).toBeNull();
  expect(target.write(lines(3, 3)).failure).toMatchObject({ rule: 'ledger-locked' });
  expect(numbers(file)).toEqual([1, 2]);
});

function plantLink(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  symlinkSync('elsewhere', file);
}
