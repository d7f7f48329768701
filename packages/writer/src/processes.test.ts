import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseJson, validateWriterView } from '@hedge-telemetry/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, childCommand, start } from '../test/children.js';
import { fileOf, linesOf, readJson, temporaryDirectory } from '../test/fixtures.js';

/** Generous, for a loaded machine that starts many processes. */
const TIMEOUT_MS = 180_000;

beforeAll(build, TIMEOUT_MS);

describe('a process that is killed', { timeout: TIMEOUT_MS }, () => {
  const KILLS = 12;

  it('never shows a reader a torn state file, and loses no line that was acknowledged', async () => {
    const dir = temporaryDirectory();
    const file = fileOf(dir, 'nav');
    let seen = 0;
    const acknowledged: number[] = [];
    for (let run = 1; run <= KILLS; run += 1) {
      const child = start(childCommand(dir, run, 'forever'));
      await expect.poll(() => child.output(), { interval: 1, timeout: 60_000 }).toContain('acknowledged');
      const until = performance.now() + run * 7;
      while (performance.now() < until) {
        const parsed = parseJson(readFileSync(file));
        expect(parsed.ok && validateWriterView('nav', parsed.value)).toEqual([]);
        seen += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
      child.process.kill('SIGKILL');
      await child.ended;
      expect(child.output()).not.toContain('Error');
      expect(parseJson(readFileSync(file)).ok).toBe(true);
      acknowledged.push(Number(/.*acknowledged (\d+)\n/s.exec(child.output())?.[1]));
    }
    expect(seen).toBeGreaterThan(KILLS);
    expectLedger(fileOf(dir, 'nav_history'), acknowledged);
  });

  /** Each run's lines are whole, in order and each there once; a kill may leave one torn line behind its run's last. */
  function expectLedger(file: string, acknowledged: readonly number[]): void {
    const text = readFileSync(file, 'utf8');
    const lines = text.endsWith('\n') ? linesOf(file) : text.split('\n').slice(0, -1);
    const counts = new Map<number, number>();
    let torn = 0;
    for (const line of lines) {
      const parsed = parseJson(line);
      if (!parsed.ok) {
        torn += 1;
        continue;
      }
      expect(validateWriterView('nav_history', parsed.value)).toEqual([]);
      const { ts: run, nav_total: number } = parsed.value as { ts: number; nav_total: number };
      expect(number).toBe(counts.get(run) ?? 0);
      counts.set(run, number + 1);
    }
    expect(torn).toBeLessThan(KILLS);
    expect(counts.size).toBe(KILLS);
    for (const [index, count] of acknowledged.entries()) expect(counts.get(index + 1)).toBeGreaterThanOrEqual(count);
  }
});

describe('the system calls of a process that publishes', { timeout: TIMEOUT_MS }, () => {
  const CALLS = 'open,openat,openat2,socket,connect,rename,renameat,renameat2,fsync,truncate,ftruncate';

  it('read nothing below state/, flush before every rename, only append to ledgers, and open no socket', async ({
    skip,
  }) => {
    const probe = spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' });
    if (probe.error !== undefined || probe.status !== 0)
      return skip(`strace does not run: ${probe.error?.message ?? probe.stderr}`);
    const dir = temporaryDirectory();
    for (const run of [1, 2]) {
      const trace = path.join(dir, `trace-${run}`);
      const strace = ['strace', '-f', '-qq', '-y', '-s', '512', '-e', `trace=${CALLS}`, '-o', trace];
      const child = start([...strace, ...childCommand(path.join(dir, 'logs'), run, 30)]);
      expect([await child.ended, child.output()]).toEqual([0, expect.stringContaining('"ok":true')]);
      const calls = readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => !line.includes(' resumed>'));
      expectWrites(calls.filter((line) => line.includes(`${path.sep}state${path.sep}`)));
      expectAppends(calls.filter((line) => line.includes('.jsonl') && !line.includes('.lock')));
      expect(calls.filter((line) => /AF_INET|AF_NETLINK/.test(line))).toEqual([]);
    }
  });

  function expectWrites(calls: readonly string[]): void {
    const opened = calls.filter((line) => line.includes('open') && !line.includes('O_DIRECTORY'));
    expect(opened.filter((line) => !line.includes('O_WRONLY|O_CREAT|O_EXCL'))).toEqual([]);
    const names = calls.flatMap((line) => /open.*"([^"]+\.tmp)".*= \d+/.exec(line)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(5);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const flushed = calls.findIndex((line) => line.includes('fsync(') && line.includes(name));
      const renamed = calls.findIndex((line) => line.includes('rename') && line.includes(name));
      expect(flushed).toBeGreaterThan(-1);
      expect(renamed).toBeGreaterThan(flushed);
    }
  }

  function expectAppends(calls: readonly string[]): void {
    const opened = calls.filter((line) => line.includes('open'));
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter((line) => !line.includes('O_APPEND') || line.includes('O_TRUNC'))).toEqual([]);
    expect(calls.filter((line) => /truncate|rename/.test(line))).toEqual([]);
  }
});

describe('a process without the right to write', () => {
  it('reports EACCES for the surfaces and ledgers, and goes on', async ({ skip }) => {
    if (process.getuid?.() !== 0) return skip('only root can start a process as another user');
    const dir = temporaryDirectory();
    chmodSync(dir, 0o755);
    const logs = path.join(dir, 'logs');
    mkdirSync(logs);
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    if (spawnSync(asNobody[0] ?? '', [...asNobody.slice(1), process.execPath, '--version']).status !== 0)
      return skip('setpriv cannot start Node as another user');
    const child = start([...asNobody, ...childCommand(logs, 1, 2)]);
    expect(await child.ended).toBe(0);
    const result = JSON.parse(child.output().trim().split('\n').at(-1) ?? '') as { ok: boolean; findings: unknown[] };
    expect(result).toMatchObject({
      ok: false,
      findings: ['nav', 'positions', 'nav_history'].map((surface) => ({
        rule: 'write-failed',
        surface,
        actual: 'EACCES',
      })),
    });
    expect(existsSync(path.join(logs, 'state'))).toBe(false);
  });
});

it('ends by itself once everything is written, without close', async () => {
  const dir = temporaryDirectory();
  const program = `
    import { createWriter } from ${JSON.stringify(path.resolve(import.meta.dirname, '../dist/index.js'))};
    const writer = createWriter({ dir: ${JSON.stringify(dir)} });
    const append = (from, to) => {
      for (let index = from; index < to; index += 1) writer.append('nav_history', { ts: 1, nav_total: index });
    };
    writer.publish('positions', []);
    append(0, 50);
    // The threads run: a busy machine takes longer to start them than the end of a process waits.
    await writer.flush();
    append(50, 100);`;
  const child = start([process.execPath, '--input-type=module', '-e', program]);
  expect([await child.ended, child.output()]).toEqual([0, '']);
  expect(readJson(fileOf(dir, 'positions'))).toEqual([]);
  expect(linesOf(fileOf(dir, 'nav_history'))).toHaveLength(100);
});
