import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { build } from '../../test/children.js';
import { lacks } from '../../test/disk.js';
import { isCall, pathOf, traced } from '../../test/traced.js';
import { removeLeftovers } from './leftovers.js';

const TIMEOUT_MS = 120_000;
beforeAll(build, TIMEOUT_MS);

beforeEach(({ skip }) => {
  const unavailable = lacks('strace', '-o', '/dev/null', 'true');
  if (unavailable !== null) skip(unavailable);
});

describe('the system calls of a state target', { timeout: TIMEOUT_MS }, () => {
  /** One run serves all tests: the first of them makes it. */
  let run: ReturnType<typeof traced> | null = null;

  function recorded(): ReturnType<typeof traced> {
    run ??= traced(`
      for (const mode of ['fast', 'atomic', 'durable']) {
        const file = dir + '/' + mode + '/state/nav.json';
        const target = createStateTarget({ file, shown: file, surface: 'nav', mode });
        for (const n of [1, 2, 3]) target.put(line(n, 'x'.repeat(3000)));
        fs.writeFileSync(dir + '/' + mode + '.done', '');
        tell([target.sync(), target.sync(), target.put(line(3, 'x'.repeat(3000))).outcome]);
      }`);
    return run;
  }

  /** The calls of the puts, and those after. */
  function ofMode(mode: string): { puts: string[]; syncs: string[] } {
    const { dir, calls } = recorded();
    const end = calls.findIndex((call) => call.includes(`${mode}.done`));
    const own = (call: string): boolean => call.includes(`${dir}/${mode}`) && !call.includes('.done');
    return { puts: calls.slice(0, end).filter(own), syncs: calls.slice(end + 1).filter(own) };
  }

  it.each(['fast', 'atomic', 'durable'])(
    'in mode %s go to a new file each time, which no link can redirect',
    (mode) => {
      const { puts } = ofMode(mode);
      const opened = puts.filter((call) => isCall(call, 'open', 'openat') && !call.includes('O_DIRECTORY'));
      const made = opened.filter((call) => !call.includes('ENOENT'));
      expect(opened.filter((call) => !/O_WRONLY\|O_CREAT\|O_EXCL\|.*O_NOFOLLOW/.test(call))).toEqual([]);
      expect(new Set(made.map((call) => /"([^"]+)"/.exec(call)?.[1])).size).toBe(3);
      expect(puts.filter((call) => call.includes('truncate'))).toEqual([]);
    },
  );

  it.each([
    ['fast', 0, 0],
    ['atomic', 3, 0],
    ['durable', 3, 3],
  ])(
    'in mode %s flush the file %i times, before each rename, and the directory %i times, after each',
    (mode, files, directories) => {
      const puts = ofMode(mode).puts.filter((call) => isCall(call, 'fsync', 'rename', 'write'));
      const renames = puts.flatMap((call, index) => (isCall(call, 'rename') ? [index] : []));
      expect(renames).toHaveLength(3);
      const before = renames.filter((at) => {
        const [write, fsync] = [puts[at - 2], puts[at - 1]];
        const same = [write, fsync].every((call) => call !== undefined && pathOf(call) === pathOf(puts[at] ?? ''));
        return same && isCall(write, 'write') && isCall(fsync, 'fsync');
      });
      const after = renames.filter(
        (at) => isCall(puts[at + 1], 'fsync') && pathOf(puts[at + 1] ?? '').endsWith('/state'),
      );
      expect([before.length, after.length]).toEqual([files, directories]);
    },
  );

  it('put the names of directories that were made on disk, up to one that was there', () => {
    const { dir, calls } = recorded();
    const synced = ofMode('durable')
      .puts.filter((call) => isCall(call, 'fsync'))
      .map(pathOf);
    expect(synced.slice(1, 3)).toEqual([`${dir}/durable/state`, `${dir}/durable`]);
    expect(calls.filter((call) => isCall(call, 'fsync') && pathOf(call) === dir)).toHaveLength(3);
  });

  it.each([
    ['fast', ['nav.json', 'state', 'fast']],
    ['atomic', ['state', 'atomic']],
    ['durable', []],
  ])('in mode %s put at a sync what is not on disk, once: %j', (mode, names) => {
    const synced = ofMode(mode)
      .syncs.filter((call) => isCall(call, 'fsync'))
      .map(pathOf);
    expect(synced.map((each) => path.basename(each))).toEqual(names);
    expect(recorded().said).toEqual([1, 2, 3].map(() => [null, null, 'unchanged']));
  });
});

describe('an error that the disk gives a state target once', { timeout: TIMEOUT_MS }, () => {
  /** Many puts, since the thread makes other calls of the same name; which put fails does not matter. */
  const manyPuts = (mode: string): string => `
    const target = state('${mode}');
    target.put(line(0));
    const failures = [];
    for (let n = 1; n <= 500; n += 1) {
      const { outcome, finding } = target.put(line(n));
      if (outcome === 'written') continue;
      failures.push([finding.rule, finding.actual, JSON.parse(fs.readFileSync(dir + '/state/nav.json', 'utf8')).n === n - 1]);
    }
    tell([failures, JSON.parse(fs.readFileSync(dir + '/state/nav.json', 'utf8')).n, fs.readdirSync(dir + '/state')]);`;

  it.each([
    ['write', 'EIO', 'fast'],
    ['write', 'EDQUOT', 'fast'],
    ['openat,open', 'EMFILE', 'fast'],
    ['openat,open', 'ENFILE', 'fast'],
    ['rename', 'EIO', 'fast'],
    ['fsync', 'EIO', 'atomic'],
    ['fsync', 'ENOSPC', 'durable'],
  ])(
    'in %s (%s) is a finding; the old file stays whole, nothing is left, and the next put is written',
    (call, errno, mode) => {
      const when = call.startsWith('open') || call === 'write' ? 400 : 100;
      const { said } = traced(manyPuts(mode), `${call}:error=${errno}:when=${when}`);
      expect(said).toEqual([[[['write-failed', errno, true]], 500, ['nav.json']]]);
    },
  );

  it('at fsync is not asked about again on the same descriptor', () => {
    const { calls } = traced(
      `const target = state(); target.put(line(1)); target.put(line(1));`,
      'fsync:error=EIO:when=1',
    );
    const synced = calls.filter((call) => isCall(call, 'fsync')).map(pathOf);
    expect(synced).toHaveLength(2);
    expect(new Set(synced).size).toBe(2);
    expect(calls.some((call) => isCall(call, 'unlink') && pathOf(call) === synced[0])).toBe(true);
  });

  it('at the fsync of the directory is told: written, perhaps not durable; the same bytes are then written anew', () => {
    const { said } = traced(
      `const target = state('durable'); for (const n of [1, 1, 1]) tell(target.put(line(n)));`,
      'fsync:error=EIO:when=2',
    );
    expect(said).toMatchObject([
      { outcome: 'written', finding: { rule: 'sync-failed', actual: 'EIO', file: 'state/nav.json' } },
      { outcome: 'written', finding: null },
      { outcome: 'unchanged' },
    ]);
  });

  it('at a sync on demand is told, and the next one writes the bytes anew', () => {
    const { said, calls } = traced(
      `const target = state('atomic'); target.put(line(1)); for (const n of [1, 2, 3]) tell(target.sync()?.rule ?? null);`,
      'fsync:error=EIO:when=2',
    );
    expect(said).toEqual(['sync-failed', null, null]);
    expect(calls.filter((call) => isCall(call, 'rename'))).toHaveLength(2);
  });
});

describe('a state target that is killed', { timeout: TIMEOUT_MS }, () => {
  it.each([
    ['openat,open', 400, 'fast'],
    ['write', 400, 'fast'],
    ['fsync', 7, 'atomic'],
    ['fsync', 14, 'durable'],
    ['rename', 7, 'atomic'],
  ])('at %s leaves a whole file, and a temporary one at most, which the next start removes', (call, when, mode) => {
    const body = `const target = state('${mode}'); for (let n = 1; n <= 500; n += 1) target.put(line(n, 'x'.repeat(9000)));`;
    const { dir } = traced(body, `${call}:signal=SIGKILL:when=${when}`);
    const { n, pad } = JSON.parse(readFileSync(path.join(dir, 'state', 'nav.json'), 'utf8')) as {
      n: number;
      pad: string;
    };
    expect(n).toBeLessThan(500);
    expect(pad).toHaveLength(9000);
    const removed = removeLeftovers({ directory: path.join(dir, 'state'), shown: 'state' });
    expect(removed.map(({ rule }) => rule)).toEqual(removed.map(() => 'stale-temporary-removed'));
    expect(removed.length).toBeLessThan(2);
    expect(readdirSync(path.join(dir, 'state'))).toEqual(['nav.json']);
  });
});
