import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../test/children.js';
import { diskCommand, lacks, numbers, range, told } from '../../test/disk.js';
import { temporaryDirectory } from '../../test/fixtures.js';
import { isCall, pathOf, traced } from '../../test/traced.js';

const TIMEOUT_MS = 120_000;
const noStrace = lacks('strace', '-o', '/dev/null', 'true');

beforeAll(build, TIMEOUT_MS);

/** Batches of 10 lines, each passed until it is taken; tells every failure, and at the end what sync said. */
const BATCHES = `
  const target = ledger();
  for (let batch = 0; batch < 60; batch += 1) {
    let rest = Buffer.concat(Array.from({ length: 10 }, (_, index) => line(batch * 10 + index, 'x'.repeat(100))));
    while (rest.length > 0) {
      const { bytes, failure } = target.write(rest);
      rest = rest.subarray(bytes);
      if (failure !== null) tell([failure.rule, failure.actual]);
    }
    const failure = target.sync();
    if (failure !== null) tell([failure.rule, failure.actual, failure.expected]);
  }
  tell(target.close());`;

describe.skipIf(noStrace !== null)('the system calls of a ledger target', { timeout: TIMEOUT_MS }, () => {
  it('only append whole lines, in one write for a batch, and never rewrite, cut or rename', () => {
    const { calls, dir } = traced(BATCHES);
    const own = calls.filter((call) => /events\.jsonl[">]/.test(call) && !call.includes('.lock'));
    const opened = own.filter((call) => isCall(call, 'open', 'openat'));
    expect(opened).toEqual(
      [
        expect.stringMatching(/O_RDWR\|O_CREAT\|O_APPEND\|.*ENOENT/),
        expect.stringMatching(/O_RDWR\|O_CREAT\|O_APPEND\|O_NONBLOCK\|O_NOFOLLOW/),
      ].slice(-opened.length),
    );
    const writes = own.filter((call) => isCall(call, 'write'));
    expect(writes).toHaveLength(60);
    expect(writes.filter((call) => !/\\n"(\.\.\.)?, \d+\) += \d+$/.test(call))).toEqual([]);
    expect(own.filter((call) => isCall(call, 'fdatasync'))).toHaveLength(60);
    expect(
      calls
        .filter((call) => isCall(call, 'fsync'))
        .map(pathOf)
        .slice(0, 2),
    ).toEqual([`${dir}/execution`, dir]);
    expect(own.filter((call) => /truncate|rename|unlink/.test(call))).toEqual([]);
  });

  it.each([
    ['write', 'EIO'],
    ['write', 'EDQUOT'],
    ['openat,open', 'EMFILE'],
  ])('that fail once in %s (%s) are a finding, and no line is lost, altered or doubled', (call, errno) => {
    const { dir, said } = onLedger(call, `error=${errno}:when=${call === 'write' ? 20 : 1}`);
    expect(said).toEqual([['write-failed', errno], null]);
    expect(numbers(path.join(dir, 'execution', 'events.jsonl'))).toEqual(range(0, 599));
  });

  it('that fail from one on for a while are findings, and every line is written after it', () => {
    const { dir, said } = onLedger('write', 'error=ENOSPC:when=30..49');
    expect(said).toEqual([...range(1, 20).map(() => ['write-failed', 'ENOSPC']), null]);
    expect(numbers(path.join(dir, 'execution', 'events.jsonl'))).toEqual(range(0, 599));
  });

  it('give a descriptor up whose fdatasync failed, and say which bytes may be missing', () => {
    const { said, calls } = traced(BATCHES, 'fdatasync:error=EIO:when=3');
    expect(said).toEqual([['sync-failed', 'EIO', '1180 bytes from offset 2350 on'], null]);
    const failed = calls.findIndex((call) => call.includes('INJECTED'));
    const [close, open] = calls
      .slice(failed + 1)
      .filter((call) => isCall(call, 'close', 'openat', 'open', 'fdatasync'));
    expect([isCall(close, 'close'), open?.includes('O_APPEND')]).toEqual([true, true]);
    expect(close === undefined ? '' : pathOf(close)).toBe(pathOf(calls[failed] ?? ''));
  });

  const SYNC = 'fdatasync execution/events.jsonl';

  it.each([
    ['atomic', 'sync() is called', [SYNC, 'rename', 'open', 'mark', SYNC, 'fsync execution', 'fsync .']],
    ['durable', 'it is renamed', [SYNC, 'rename', 'fsync execution', 'fsync .', 'open', 'mark', SYNC]],
  ])('in mode %s put a segment on disk before its rename, and its name when %s', (mode, _when, order) => {
    const body = `
      const target = ledger({ mode: '${mode}', rotation: { maxBytes: 30 } });
      target.write(line(1));
      target.write(line(2));
      fs.openSync(dir + '/mark', 'w');
      target.sync();`;
    const { dir, calls } = traced(body);
    const begin = calls.findIndex((call) => isCall(call, 'fdatasync'));
    const said = calls.slice(begin).flatMap((call) => {
      if (call.includes('/mark"')) return ['mark'];
      if (isCall(call, 'openat', 'open') && call.includes('O_APPEND')) return ['open'];
      if (isCall(call, 'rename')) return ['rename'];
      const synced = path.relative(dir, pathOf(call)) || '.';
      return isCall(call, 'fsync', 'fdatasync') ? [`${call.split('(')[0]} ${synced}`] : [];
    });
    expect(said.slice(0, order.length)).toEqual(order);
  });

  it('say at the next sync what a sync before a new descriptor could not put on disk', () => {
    const body = `
      const target = ledger();
      target.write(line(1));
      fs.renameSync(dir + '/execution/events.jsonl', dir + '/execution/moved');
      target.write(line(2));
      tell(target.sync().expected);
      tell(target.sync());`;
    const { said } = traced(body, 'fdatasync:error=EIO:when=1');
    expect(said.slice(1)).toEqual(['17 bytes from offset 0 on', null]);
    expect(said[0]).toMatchObject({ rule: 'ledger-moved' });
  });

  /** The calls of the ledger's own file are counted, and no others. */
  function onLedger(call: string, inject: string): { dir: string; said: readonly unknown[] } {
    const dir = temporaryDirectory();
    const file = path.join(dir, 'execution', 'events.jsonl');
    mkdirSync(path.dirname(file));
    writeFileSync(file, '');
    const strace = ['strace', '-qq', '-o', '/dev/null', '-P', file, '-e', `trace=${call}`];
    return { dir, said: told([...strace, '-e', `inject=${call}:${inject}`, ...diskCommand(dir, BATCHES)]) };
  }

  it.each([1, 2, 3, 5, 8, 13])(
    'that end at write %i by SIGKILL leave whole lines in order, and one cut line at most',
    (when) => {
      const { dir } = onLedger('write', `signal=SIGKILL:when=${when}`);
      const file = path.join(dir, 'execution', 'events.jsonl');
      const there = numbers(file);
      expect(there).toEqual(range(0, there.length - 1));
      const again = told(diskCommand(dir, `const target = ledger(); tell(target.write(line(-1)).lines);`));
      expect(again).toEqual([expect.objectContaining({ rule: 'ledger-lock-taken' }), 1]);
      expect(numbers(file)).toEqual([...there, -1]);
    },
  );
});

describe('a process with little', { timeout: TIMEOUT_MS }, () => {
  const both = `
    const [nav, events] = [state(), ledger()];
    const attempt = () => tell([nav.put(line(1, 'x'.repeat(20000))), events.write(line(1, 'x'.repeat(20000)))].map(
      ({ outcome, lines, finding, failure }) => (finding ?? failure)?.actual ?? outcome ?? lines));`;

  it('that may not write reports EACCES, and goes on', ({ skip }) => {
    if (process.getuid?.() !== 0) return skip('only root can start a process as another user');
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const unavailable = lacks(asNobody[0] ?? '', ...asNobody.slice(1), process.execPath, '--version');
    if (unavailable !== null) return skip(unavailable);
    const dir = temporaryDirectory();
    chmodSync(dir, 0o755);
    expect(told([...asNobody, ...diskCommand(dir, `${both} attempt();`)])).toEqual([['EACCES', 'EACCES']]);
    expect(existsSync(path.join(dir, 'state'))).toBe(false);
  });

  it('that has no descriptor left reports EMFILE, and writes once it has', () => {
    const dir = temporaryDirectory();
    const body = `${both}
      const held = [];
      try { for (;;) held.push(fs.openSync('/dev/null')); } catch {}
      attempt();
      held.forEach((fd) => fs.closeSync(fd));
      attempt();`;
    const [command = '', ...args] = diskCommand(dir, body);
    expect(told(['bash', '-c', 'ulimit -n 250; exec "$0" "$@"', command, ...args])).toEqual([
      ['EMFILE', 'EMFILE'],
      ['written', 1],
    ]);
  });

  it('that may not write long files reports EFBIG, keeps the valid file, and counts what fitted', () => {
    const dir = temporaryDirectory();
    const body = `
      const [nav, events] = [state(), ledger()];
      nav.put(line(0));
      tell(nav.put(line(1, 'x'.repeat(20000))).finding.actual);
      const { lines, failure } = events.write(Buffer.concat(Array.from({ length: 100 }, (_, n) => line(n, 'x'.repeat(100)))));
      tell([failure.actual, lines]);
      tell([fs.readFileSync(dir + '/state/nav.json', 'utf8'), fs.readdirSync(dir + '/state')]);`;
    const [command = '', ...args] = diskCommand(dir, body);
    const said = told(['bash', '-c', 'ulimit -f 8; exec "$0" "$@"', command, ...args]);
    const file = path.join(dir, 'execution', 'events.jsonl');
    expect(said).toEqual(['EFBIG', ['EFBIG', numbers(file).length], ['{"n":0,"pad":""}\n', ['nav.json']]]);
    expect(readFileSync(file).length).toBe(8 * 1024);
  });
});
