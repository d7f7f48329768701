import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { registry } from '@hedge-telemetry/contract';
import { expect, it, onTestFinished } from 'vitest';
import { followLedger } from './ledger-check.js';
import { attempt } from './mounts.js';
import { ledgers, surfaces } from './records.mjs';
import type { Ledger, Surface } from './records.mjs';
import { startRemoteWriter } from './remote-writer.js';
import type { RemoteWriter, Stats } from './remote-writer.js';
import { settings } from './settings.js';
import { checkState } from './state-check.js';

/** A pass-through file system that can be stopped. */
interface HangingDisk {
  readonly dir: string;
  readonly daemon: ChildProcess;
}

/** Turns of the loop that every such time has, though the machine be busy; one turn takes 5 ms on an idle one. */
const LEAST_TURNS = 20;
const MOUNT_ATTEMPTS = 200;

it(
  'a disk that hangs holds up nothing but the writing, and everything is written when it goes on',
  { timeout: 300_000 },
  async ({ skip }) => {
    const disk = await mountHangingDisk();
    if (typeof disk === 'string') return skip(disk);
    const writer = startRemoteWriter(disk.dir);
    await writer.work(settings.hangMs);
    const before = await writer.work(settings.hangMs);
    expect(await writer.flush()).toMatchObject({ ok: true });
    disk.daemon.kill('SIGSTOP');
    const still = await writer.stats();
    const during = await writer.work(settings.hangMs);
    const { surfaces: published, ledgers: appended } = await calledSince(still, writer);
    disk.daemon.kill('SIGCONT');
    console.log(
      `event-loop delay, ms: p99 ${before.p99.toFixed(2)}, max ${before.max.toFixed(1)} with the disk running; ` +
        `p99 ${during.p99.toFixed(2)}, max ${during.max.toFixed(1)} with it stopped for ${settings.hangMs} ms`,
    );
    expect(during.turns).toBeGreaterThan(LEAST_TURNS);
    expect(during.rejected).toEqual({ events: 0, risk_vetoes: 0 });
    // Every call came back while nothing was written, and none was refused.
    expect(published).toEqual(surfaces.map(() => ({ published: during.turns, refused: 0, written: 0, failed: 0 })));
    expect(appended).toEqual(ledgers.map(() => ({ appended: 5 * during.turns, refused: 0, written: 0, failed: 0 })));
    await expectAccepted(disk.dir, writer);
  },
);

it.for(['reject', 'spill'] as const)(
  'a disk that hangs until the queue is full makes append %s, with a finding and a count',
  { timeout: 300_000 },
  async (policy, { skip }) => {
    const disk = await mountHangingDisk();
    if (typeof disk === 'string') return skip(disk);
    const spillDir = path.join(path.dirname(disk.dir), 'spill');
    const writer = startRemoteWriter(disk.dir, { queue: { bytes: 64 * 1024, policy, spillDir } });
    await writer.append(1);
    expect(await writer.flush()).toMatchObject({ ok: true });
    disk.daemon.kill('SIGSTOP');
    const { accepted, rejected } = await writer.append(400);
    const heard = await writer.heard();
    expect(heard.map(({ rule }) => rule)).toContain(policy === 'reject' ? 'queue-full' : 'record-spilled');
    if (policy === 'reject') expect(rejected.events).toBeGreaterThan(0);
    disk.daemon.kill('SIGCONT');
    expect(await writer.close()).toMatchObject({ ok: true });
    const stats = await writer.stats();
    for (const ledger of ledgers) {
      const { appended = 0, written = 0, spilled = 0, rejected: refused = 0 } = stats[ledger];
      expect([appended, written + spilled, refused]).toEqual([accepted[ledger], accepted[ledger], rejected[ledger]]);
      expect(policy === 'spill' ? spilled : refused).toBeGreaterThan(0);
      const spillFile = path.join(spillDir, `${ledger}.spill.jsonl`);
      if (policy === 'spill') expect(statSync(spillFile).size).toBeGreaterThan(0);
      if (policy === 'reject')
        expect(followLedger(ledger, path.join(disk.dir, registry[ledger].file)).next(1)).toEqual({
          records: accepted[ledger],
          violations: [],
        });
    }
  },
);

/** What has become of the caller's calls since its counters stood so. */
async function calledSince(before: Stats, writer: RemoteWriter) {
  const now = await writer.stats();
  const since = (name: Ledger | Surface, counter: string): number =>
    (now[name][counter] ?? 0) - (before[name][counter] ?? 0);
  const count = (name: Ledger | Surface, ...counters: readonly string[]) =>
    Object.fromEntries(counters.map((counter) => [counter, since(name, counter)]));
  return {
    surfaces: surfaces.map((name) => count(name, 'published', 'refused', 'written', 'failed')),
    ledgers: ledgers.map((name) => count(name, 'appended', 'refused', 'written', 'failed')),
  };
}

async function expectAccepted(dir: string, writer: RemoteWriter): Promise<void> {
  const { accepted } = await writer.append(1);
  const { version } = await writer.publish();
  expect(await writer.close()).toMatchObject({ ok: true });
  expect(checkState(dir, { flushed: version, published: version })).toEqual([]);
  for (const ledger of ledgers) {
    const kept = followLedger(ledger, path.join(dir, registry[ledger].file)).next(1);
    expect(kept).toEqual({ records: accepted[ledger], violations: [] });
  }
  expect(await writer.leave()).toMatchObject({ code: 0, stderr: '' });
}

/** Compiles and mounts passthrough.c until the test ends; gives the reason where that is not possible. */
async function mountHangingDisk(): Promise<HangingDisk | string> {
  const home = mkdtempSync(path.join(tmpdir(), 'hung-disk-'));
  const [program, source, mountPoint] = ['passthrough', 'source', 'mount'].map((each) => path.join(home, each)) as [
    string,
    string,
    string,
  ];
  const failed = compile(program);
  if (failed !== null) return failed;
  for (const each of [source, mountPoint]) mkdirSync(each);
  const daemon = spawn(program, [source, mountPoint], { stdio: 'ignore' });
  onTestFinished(async () => {
    daemon.kill('SIGCONT');
    attempt('umount', '-l', mountPoint);
    daemon.kill('SIGKILL');
    await delay(100);
    rmSync(home, { recursive: true, force: true });
  });
  for (let each = 0; each < MOUNT_ATTEMPTS && daemon.exitCode === null; each += 1) {
    if (statSync(mountPoint).dev !== statSync(home).dev) return { dir: path.join(mountPoint, 'logs'), daemon };
    await delay(25);
  }
  return 'a FUSE file system cannot be mounted';
}

function compile(program: string): string | null {
  const flags = spawnSync('pkg-config', ['fuse3', '--cflags', '--libs'], { encoding: 'utf8' });
  if (flags.error !== undefined || flags.status !== 0) return 'libfuse3-dev is not there';
  const source = path.join(import.meta.dirname, 'passthrough.c');
  return attempt('gcc', '-O1', '-o', program, source, ...flags.stdout.trim().split(/\s+/));
}
