import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, start } from '../../test/children.js';
import { diskCommand, lacks, told } from '../../test/disk.js';
import { temporaryDirectory } from '../../test/fixtures.js';
import { thisProcess } from './process-identity.js';

const TIMEOUT_MS = 180_000;
const COMPILED = path.resolve(import.meta.dirname, '../../dist/disk/ledger-lock.js');

beforeAll(build, TIMEOUT_MS);

describe('processes that contend for a ledger', { timeout: TIMEOUT_MS }, () => {
  const CONTENDERS = 10;
  const RESTARTS = 4;

  /** Enters and leaves what one process at a time may be in; every third time it is killed while it is inside. */
  const contend = `
    const lock = createLedgerLock(place);
    const note = (what) => fs.appendFileSync(dir + '/oracle', what + ' ' + process.pid + '\\n');
    for (let turns = 0; turns < 2; ) {
      const refused = lock.hold();
      if (refused !== null) {
        if (refused.rule !== 'ledger-locked') tell(refused);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + (process.pid % 3));
        continue;
      }
      turns += 1;
      note('enter');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
      if (turns === 1 && process.pid % 3 === 0) {
        note('killed');
        process.kill(process.pid, 'SIGKILL');
      }
      note('leave');
      lock.release();
    }`;

  it('hold it one at a time, though some are killed while they do', async () => {
    const dir = temporaryDirectory();
    const output: string[] = [];
    async function runTwice(restarts: number): Promise<void> {
      const child = start(diskCommand(dir, contend));
      await child.ended;
      output.push(child.output());
      if (restarts > 0) await runTwice(restarts - CONTENDERS);
    }
    await Promise.all(Array.from({ length: CONTENDERS }, (_, index) => runTwice(index < RESTARTS ? CONTENDERS : 0)));
    const unexpected = output
      .join('')
      .split('\n')
      .filter((line) => line !== '' && !line.includes('"ledger-lock-taken"'));
    expect(unexpected).toEqual([]);
    const notes = readFileSync(path.join(dir, 'oracle'), 'utf8').trim().split('\n');
    for (let index = 0; index < notes.length; index += 2) {
      const pid = notes[index]?.split(' ')[1];
      expect([`leave ${pid}`, `killed ${pid}`]).toContain(notes[index + 1]);
      expect(notes[index]).toBe(`enter ${pid}`);
    }
    expect(notes.length).toBeGreaterThan(CONTENDERS * 2);
    expect(readdirSync(path.join(dir, 'execution')).filter((name) => !name.endsWith('.lock'))).toEqual([]);
  });
});

describe('threads that find the same stale lock at the same moment', { timeout: TIMEOUT_MS }, () => {
  const THREADS = 4;
  const ROUNDS = Number(process.env['LOCK_ROUNDS'] ?? 100);

  const race = `
    const { workerData, parentPort } = require('node:worker_threads');
    const { compiled, dir, rounds, gate, threads } = workerData;
    const counters = new Int32Array(gate);
    import(compiled).then(({ createLedgerLock }) => {
      const won = [];
      for (let round = 0; round < rounds; round += 1) {
        const place = { file: dir + '/' + round + '.jsonl', shown: 'x', surface: 'events', say: () => undefined };
        const lock = createLedgerLock(place);
        if (Atomics.add(counters, 0, 1) + 1 === threads * (round + 1)) Atomics.notify(counters, 0);
        for (let arrived; (arrived = Atomics.load(counters, 0)) < threads * (round + 1); )
          Atomics.wait(counters, 0, arrived);
        if (lock.hold() === null) won.push(round);
      }
      parentPort.postMessage(won);
    });`;

  it('take it over one of them in every round', async () => {
    const dir = temporaryDirectory();
    const ended = { ...thisProcess(), pid: spawnSync('true').pid, token: 'stale' };
    for (let round = 0; round < ROUNDS; round += 1)
      writeFileSync(path.join(dir, `.${round}.jsonl.lock`), JSON.stringify(ended));
    const gate = new SharedArrayBuffer(4);
    const workerData = { compiled: COMPILED, dir, rounds: ROUNDS, gate, threads: THREADS };
    const won = await Promise.all(
      Array.from({ length: THREADS }, () => {
        const worker = new Worker(race, { eval: true, workerData, execArgv: [] });
        return new Promise<number[]>((resolve, reject) => worker.once('message', resolve).once('error', reject));
      }),
    );
    expect(won.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
    expect(won.filter((rounds) => rounds.length > 0).length).toBeGreaterThan(1);
    expect(readdirSync(dir).filter((name) => !/^\.\d+\.jsonl\.lock$/.test(name))).toEqual([]);
  });
});

describe('a file system without hard links', () => {
  it('gets a lock all the same, which refuses a second writer', ({ skip }) => {
    const unavailable = lacks('strace', '-o', '/dev/null', 'true');
    if (unavailable !== null) return skip(unavailable);
    const dir = temporaryDirectory();
    const noLinks = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=link,linkat'];
    const body = `
      const [one, other] = [createLedgerLock(place), createLedgerLock(place)];
      tell([one.hold(), other.hold()?.rule]);
      one.release();
      tell([other.hold(), fs.readdirSync(dir + '/execution')]);`;
    const command = [...noLinks, '-e', 'inject=link,linkat:error=EPERM', ...diskCommand(dir, body)];
    expect(told(command)).toEqual([
      [null, 'ledger-locked'],
      [null, ['.events.jsonl.lock']],
    ]);
    mkdirSync(path.join(dir, 'execution'), { recursive: true });
    appendFileSync(path.join(dir, 'execution', '.events.jsonl.lock'), '');
    expect(told(command)).toMatchObject([
      { rule: 'ledger-lock-taken' },
      [null, 'ledger-locked'],
      [null, ['.events.jsonl.lock']],
    ]);
  });
});
