import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../test/children.js';
import { fileOf, linesOf, readJson, temporaryDirectory } from '../test/fixtures.js';

const script = path.resolve(import.meta.dirname, '../test/ending-child.mjs');
const RECORDS = 500;

beforeAll(build);

describe('what was accepted is written, and the process ends as it would have, on', () => {
  it.each([
    ['process.exit', { status: 3, signal: null }],
    ['uncaught exception', { status: 1, signal: null }],
    ['unhandled rejection', { status: 1, signal: null }],
    ['the end of its work', { status: 0, signal: null }],
    ['SIGTERM', { status: null, signal: 'SIGTERM' }],
    ['SIGINT', { status: null, signal: 'SIGINT' }],
    ['SIGTERM with a listener', { status: 7, signal: null }],
  ])('%s', (how, ending) => {
    const dir = temporaryDirectory();
    const { status, signal } = spawnSync(process.execPath, [script, dir, how], { encoding: 'utf8' });
    expect({ status, signal }).toEqual(ending);
    expect(linesOf(fileOf(dir, 'nav_history')).map((line) => JSON.parse(line).nav_total)).toEqual(
      Array.from({ length: RECORDS }, (_, number) => number),
    );
    expect(readJson(fileOf(dir, 'positions'))).toEqual([]);
  });
});

it('is written where the thread had ended before the process did, and was not started anew yet', () => {
  const dir = temporaryDirectory();
  const { status } = spawnSync(process.execPath, [script, dir, 'process.exit after its threads'], { encoding: 'utf8' });
  expect(status).toBe(3);
  expect(linesOf(fileOf(dir, 'nav_history'))).toHaveLength(2 * RECORDS);
});

describe('a process that somebody else ends, or does not, at a signal', () => {
  it('goes on where a listener does not end it, and what was accepted is written', () => {
    const dir = temporaryDirectory();
    const { status, signal } = spawnSync(process.execPath, [script, dir, 'SIGTERM without an end']);
    expect({ status, signal }).toEqual({ status: null, signal: 'SIGKILL' });
    expect(linesOf(fileOf(dir, 'nav_history'))).toHaveLength(RECORDS);
  });

  it('lets that listener work before anything is waited for', () => {
    expect(waits("process.on('SIGTERM', () => tell('listener') || process.exit()); stay(); send('SIGTERM');")).toEqual([
      'listener',
      'all',
    ]);
  });
});

describe('the time that the end of a process is held up for', () => {
  it.each([
    ['an uncaught exception and the exit after it', "throw new Error('on purpose');", ['all']],
    ['the end of the work and the exit after it', '', ['all']],
    ['a signal', "stay(); send('SIGTERM');", ['all']],
    [
      'exceptions that somebody catches, and the exit after them',
      "process.on('uncaughtException', () => process.exit()); throw new Error('on purpose');",
      ['all'],
    ],
  ])('is there once for %s, where it is used up', (_how, body, expected) => {
    expect(waits(body, true)).toEqual(expected);
  });

  it('is there again where all was written in time', () => {
    const body = `
      let left = 3;
      process.on('uncaughtException', () => setImmediate(fail));
      function fail() { if ((left -= 1) > 0) throw new Error('on purpose'); process.exit(); }
      fail();`;
    expect(waits(body)).toEqual(['all', 'all', 'all']);
  });
});

/** What a child tells, and how much of the time its end was given each time to wait; `hung`: it takes all of it. */
function waits(body: string, hung = false): unknown[] {
  const program = `
    import fs from 'node:fs';
    import { watchEnd } from ${JSON.stringify(path.resolve(import.meta.dirname, '../dist/lifecycle.js'))};
    const tell = (value) => void fs.writeSync(1, JSON.stringify(value) + '\\n');
    const stay = () => setInterval(() => undefined, 1000);
    const send = (signal) => process.kill(process.pid, signal);
    const never = new Int32Array(new SharedArrayBuffer(4));
    watchEnd({
      drain(milliseconds) {
        tell(milliseconds > 1000 ? 'all' : 'less');
        const until = ${hung} ? performance.now() + milliseconds : 0;
        while (performance.now() < until) Atomics.wait(never, 0, 0, 1);
      },
    });
    ${body}`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
