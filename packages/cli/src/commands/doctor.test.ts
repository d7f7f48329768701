import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateWriterView } from '@hedge-telemetry/contract';
import { createWriter } from '@hedge-telemetry/writer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasNatsServer, natsServer } from '../../../fleet/test/nats-server.js';
import type { NatsServer } from '../../../fleet/test/nats-server.js';
import { cli, navDocument, navLine, put } from '../../test/run-cli.js';
import { shellPath } from '../doctor/check.js';
import type { Check } from '../doctor/check.js';
import { judgeRoom } from '../doctor/disk.js';
import { checkNode } from '../doctor/machine.js';
import { checkMirror } from '../doctor/mirror.js';
import { judgeServer } from '../doctor/remote.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-doctor-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** What the command says with --json: a valid record, and the exit code that belongs to it. */
async function checks(...parameters: string[]): Promise<Check[]> {
  const { exit, out } = await cli(['doctor', '--json', ...parameters]);
  const report = JSON.parse(out) as { ok: boolean; checks: Check[] };
  expect(validateWriterView('doctor_report', report)).toEqual([]);
  expect(report.ok).toBe(report.checks.every(({ status }) => status !== 'failed'));
  expect(exit).toBe(report.ok ? 0 : 5);
  return report.checks;
}

function named(all: readonly Check[], check: string, subject?: string): Check | undefined {
  return all.find((each) => each.check === check && (subject === undefined || each.subject === subject));
}

describe('doctor', () => {
  it('looks at the machine alone where no directory is given', async () => {
    const all = await checks();
    expect(all.map(({ check, status }) => [check, status])).toEqual([
      ['node', 'ok'],
      ['packages', 'ok'],
      ['clock', 'ok'],
    ]);
  });

  it('tries the file system in files that it removes, and writes nothing else', async () => {
    await put(dir, 'state/nav.json', navDocument());
    await put(dir, 'execution/nav_history.jsonl', navLine(Date.now() / 1000));
    const before = await everything();
    const all = await checks(dir);
    expect(await everything()).toEqual(before);
    for (const check of ['fsync', 'rename', 'append']) expect(named(all, check, dir)).toMatchObject({ status: 'ok' });
    for (const check of ['paths', 'files', 'disk', 'inodes', 'staleness', 'clock-skew', 'schema-drift', 'temporaries'])
      expect(named(all, check), check).toMatchObject({ status: 'ok', fix: null });
    expect(named(all, 'locks')).toMatchObject({ status: 'ok', why: 'no ledger is locked' });
    expect(named(all, 'mirror')).toMatchObject({ status: 'skipped' });
  });

  it('leaves a directory alone that is marked read-only', async () => {
    await utimes(dir, 1_600_000_000, 1_600_000_000);
    await chmod(dir, 0o555);
    expect(named(await checks(dir), 'rename')).toMatchObject({
      status: 'skipped',
      why: expect.stringContaining('so that nothing was tried'),
    });
    expect((await stat(dir)).mtimeMs).toBe(1_600_000_000_000);
    await chmod(dir, 0o755);
  });

  it('says of every surface that is stale, broken, of the future or of another version, and what to do', async () => {
    await put(dir, 'state/nav.json', navDocument(7_300));
    await put(dir, 'state/positions.json', '[{"sym');
    await put(dir, 'state/v6_runtime_probe.json', {
      engine_version: 'v7.4',
      intel_v6_enabled: true,
      ts: Date.now() / 1000,
    });
    await put(dir, 'execution/nav_history.jsonl', navLine(1) + navLine(Date.now() / 1000 + 600));
    const all = await checks(dir);
    expect(named(all, 'staleness', 'nav')).toEqual({
      check: 'staleness',
      subject: 'nav',
      status: 'warning',
      why: '2.0 h old, at most 3600 s are expected',
      fix: `look at the process that writes it, then: hedge-telemetry show nav --dir ${dir}`,
    });
    expect(named(all, 'staleness', 'positions')).toMatchObject({ status: 'failed' });
    expect(named(all, 'clock-skew', 'nav_history')).toMatchObject({
      status: 'failed',
      why: 'its timestamp lies 10 min in the future',
      fix: 'timedatectl timesync-status',
    });
    expect(named(all, 'schema-drift', 'v6_runtime_probe')).toMatchObject({
      status: 'warning',
      why: expect.stringContaining('is in v7'),
      fix: `hedge-telemetry migrate ${dir} --to latest --out ${dir}.migrated`,
    });
  });

  it.each([
    ['schema', { schema: 'nav_v9' }, 'failed', 'names "nav_v9", this installation knows nav_v1'],
    ['moon', { moon: 1 }, 'warning', 'holds undeclared keys: /moon'],
  ])('sees by %s that the document is not of the expected version', async (_key, more, status, why) => {
    await put(dir, 'state/nav.json', { ...navDocument(), ...more });
    expect(named(await checks(dir), 'schema-drift', 'nav')).toMatchObject({ status, why });
  });

  it('finds partial files that are old, and not those that are being written', async () => {
    const old = await put(dir, 'state/.nav.json.1.1.abcdef012345.tmp', '{"nav');
    await put(dir, 'state/.nav.json.2.1.abcdef012345.tmp', '{"nav');
    await utimes(old, Date.now() / 1000 - 300, Date.now() / 1000 - 300);
    const found = (await checks(dir)).filter(({ check }) => check === 'temporaries');
    expect(found).toMatchObject([
      { subject: old, status: 'warning', why: 'a partial file, 5 min old', fix: `rm ${old}` },
    ]);
  });

  it('tells the lock of a writer that runs from that of one that has ended', async () => {
    const writer = createWriter({ dir });
    writer.append('nav_history', { ts: Date.now() / 1000, nav_total: 1 });
    await writer.flush();
    const ledger = join(dir, 'execution/nav_history.jsonl');
    expect(named(await checks(dir), 'locks', ledger)).toMatchObject({
      status: 'ok',
      why: expect.stringContaining(`written by process ${process.pid} on`),
    });
    await writer.close();
    expect(named(await checks(dir), 'locks')).toMatchObject({ subject: dir, status: 'ok' });
    await killedWriter(dir);
    expect(named(await checks(dir), 'locks', ledger)).toMatchObject({
      status: 'warning',
      why: expect.stringContaining('which has ended'),
      fix: `rm ${join(dir, 'execution/.nav_history.jsonl.lock')}`,
    });
  });

  it.each([
    ['follows', { ts: -1, mode: 'follow', lag_s: 0, lag_bytes: 0, ok: true }, 'ok', 'follows its source'],
    [
      'is silent',
      { ts: -60, mode: 'follow', lag_s: 0, lag_bytes: 0, ok: true },
      'failed',
      'has been silent for 60.0 s',
    ],
    ['was made once', { ts: -60, mode: 'once', lag_s: 0, lag_bytes: 0, ok: true }, 'ok', 'was mirrored once'],
    [
      'lags',
      { ts: -1, mode: 'follow', lag_s: 30, lag_bytes: 7, ok: true },
      'warning',
      '30.0 s and 7 ledger bytes behind',
    ],
    [
      'has no source',
      { ts: -1, mode: 'follow', lag_s: null, lag_bytes: 0, ok: true },
      'failed',
      'cannot read its source',
    ],
    ['found errors', { ts: -1, mode: 'follow', lag_s: 0, lag_bytes: 0, ok: false }, 'warning', 'found errors'],
  ])('says of a mirror that it %s', async (_what, report, status, why) => {
    await put(dir, 'sync_report.json', { ...report, ts: Date.now() / 1000 + report.ts });
    const told = checkMirror(dir);
    expect(told).toMatchObject({ check: 'mirror', subject: join(dir, 'sync_report.json'), status });
    expect(told.why.replace(/6\d\.\d s/, '60.0 s')).toContain(why);
  });

  it('takes a torn report of a mirror for none', async () => {
    await put(dir, 'sync_report.json', '{"ts": 1');
    expect(named(await checks(dir), 'mirror')).toMatchObject({ status: 'skipped' });
  });

  it('says what is wrong with the paths', async () => {
    expect(await checks(join(dir, 'nowhere'))).toContainEqual({
      check: 'paths',
      subject: join(dir, 'nowhere'),
      status: 'failed',
      why: 'there is no such directory',
      fix: `mkdir -p ${join(dir, 'nowhere')}`,
    });
    const file = await put(dir, 'file', '');
    expect(named(await checks(file), 'paths')).toMatchObject({ status: 'failed', why: 'the path is no directory' });
    await writeFile(join(dir, 'state'), '');
    await mkdir(join(dir, 'execution/events.jsonl'), { recursive: true });
    const all = await checks(dir);
    expect(named(all, 'paths', join(dir, 'state'))).toMatchObject({ status: 'failed', why: 'is no directory' });
    expect(named(all, 'files')).toMatchObject({ status: 'failed', why: 'is no regular file' });
  });

  it('prints a line per check and below it what mends it', async () => {
    await put(dir, 'state/nav.json', navDocument(7_300));
    const { exit, out, err } = await cli(['doctor', dir]);
    expect(exit).toBe(0);
    expect(out).toMatch(/^ok {7}node {10}Node \d+/m);
    expect(out).toMatch(/^warning {2}staleness {5}nav: 2\.0 h old.*\n {4}fix: look at the process that writes it/m);
    expect(err).toMatch(/^\d+ ok, 1 warning, \d+ skipped\n$/);
  });

  async function everything(): Promise<string[]> {
    return (await readdir(dir, { recursive: true })).toSorted();
  }
});

describe('what doctor judges', () => {
  it.each([
    ['18.20.0', 'failed'],
    ['20.18.3', 'failed'],
    ['20.19.0', 'ok'],
    ['22.0.0', 'ok'],
  ])('Node %s: %s', (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  it.each([
    [{ freeBytes: 1e12, freeFiles: 1e6, files: 1e7 }, ['ok', 'ok']],
    [{ freeBytes: 5e8, freeFiles: 5_000, files: 1e7 }, ['warning', 'warning']],
    [{ freeBytes: 1e6, freeFiles: 10, files: 1e7 }, ['failed', 'failed']],
    [{ freeBytes: 1e12, freeFiles: 0, files: 0 }, ['ok', 'ok']],
  ])('a disk with %j: %j', (room, statuses) => {
    expect(judgeRoom('/logs', room).map(({ status }) => status)).toEqual(statuses);
  });

  it.each([
    ['2.8.4', true, ['ok', 'failed', 'ok']],
    ['2.9.0', true, ['ok', 'ok', 'ok']],
    ['2.10.22', false, ['ok', 'ok', 'failed']],
    ['3.0.0-beta', true, ['ok', 'ok', 'ok']],
  ])('a server of version %s, JetStream %s: %j', (version, jetStream, statuses) => {
    const facts = { version, jetStream, jetStreamTrouble: jetStream ? null : 'not enabled', roundTripMs: 1 };
    expect(judgeServer('nats://a', facts).map(({ status }) => status)).toEqual(statuses);
  });

  it.each([
    ['/logs/a-b', '/logs/a-b'],
    ["/it's here", "'/it'\\''s here'"],
    ['-rf', './-rf'],
    ['/a;b', "'/a;b'"],
  ])('writes the path %s for a shell as %s', (path, text) => {
    expect(shellPath(path)).toBe(text);
  });
});

describe.skipIf(!hasNatsServer)('doctor of a server', () => {
  let root: string;
  let server: NatsServer;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cli-doctor-nats-'));
    server = await natsServer(join(root, 'nats'));
    await server.start();
  });

  afterAll(async () => {
    await server.kill();
    await rm(root, { recursive: true, force: true });
  });

  it('says that it answers, its version, and that JetStream is on', async () => {
    const all = await checks('--server', server.url);
    for (const check of ['server', 'server-version', 'jetstream'])
      expect(named(all, check, server.url), check).toMatchObject({ status: 'ok' });
    expect(named(all, 'server-version')?.why).toMatch(/^version \d+\.\d+\.\d+/);
  });

  it('exits 5 where nothing listens, and 2 where the address is none', async () => {
    expect(named(await checks('--server', 'nats://127.0.0.1:1'), 'server')).toMatchObject({
      status: 'failed',
      fix: 'nc -vz 127.0.0.1 1',
    });
    const wrong = await cli(['doctor', '--server', 'nats://user:geheim@host:4222']);
    expect(wrong).toMatchObject({ exit: 2, out: '' });
    expect(wrong.err).not.toContain('geheim');
  });
});

/** A writer that holds the lock of nav_history and is killed. */
async function killedWriter(logs: string): Promise<void> {
  const module = import.meta.resolve('@hedge-telemetry/writer');
  const program = `
    const { createWriter } = await import(${JSON.stringify(module.replace('/src/index.ts', '/dist/index.js'))});
    const writer = createWriter({ dir: ${JSON.stringify(logs)} });
    writer.append('nav_history', { ts: Date.now() / 1000, nav_total: 1 });
    await writer.flush();
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
