import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { describe, expect, it, onTestFinished } from 'vitest';
import { followLedger } from './ledger-check.js';
import { attempt, mountTmpfs } from './mounts.js';
import { ledgers, surfaces } from './records.mjs';
import { startRemoteWriter } from './remote-writer.js';
import type { RemoteWriter } from './remote-writer.js';
import { checkState } from './state-check.js';

/** A fault of the file system below `dir`. */
interface FileSystemFault {
  readonly title: string;
  /** Makes the place; gives the reason where the fault cannot be made here. */
  readonly prepare: (dir: string) => string | null;
  readonly arise: (dir: string) => void;
  readonly end: (dir: string) => void;
  /** Name of the error that findings give. */
  readonly actual: string;
  /** It is there before the writer touches anything. */
  readonly fromTheStart?: boolean;
  /** A command under which the writer is run. */
  readonly under?: readonly string[];
}

const NOBODY = 65_534;
const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
const filler = (dir: string): string => path.join(dir, 'filler');

const faults: readonly FileSystemFault[] = [
  {
    title: 'a full file system',
    prepare: (dir) => mountTmpfs(dir, 'size=2m'),
    arise: (dir) => void attempt('sh', '-c', `cat /dev/zero > '${filler(dir)}'`),
    end: (dir) => rmSync(filler(dir)),
    actual: 'ENOSPC',
  },
  {
    title: 'a file system with a little room left, so that a write falls short',
    prepare: (dir) => mountTmpfs(dir, 'size=2m'),
    arise: (dir) => writeFileSync(filler(dir), Buffer.alloc(1_850 * 1024)),
    end: (dir) => rmSync(filler(dir)),
    actual: 'ENOSPC',
  },
  {
    title: 'a file system that is mounted read-only',
    prepare: (dir) => mountTmpfs(dir, 'size=4m'),
    arise: (dir) => void attempt('mount', '-o', 'remount,ro', dir),
    end: (dir) => void attempt('mount', '-o', 'remount,rw', dir),
    actual: 'EROFS',
    // Once a file is open for writing, a file system cannot be made read-only.
    fromTheStart: true,
  },
  {
    title: 'a directory that the writer may not write to',
    prepare(dir) {
      if (process.getuid?.() !== 0) return 'only root can start a process as another user';
      chmodSync(path.dirname(dir), 0o755);
      chownSync(dir, NOBODY, NOBODY);
      return attempt('setpriv', ...asNobody.slice(1), process.execPath, '--version');
    },
    arise: (dir) => void attempt('chown', '-R', '0:0', dir),
    end: (dir) => void attempt('chown', '-R', `${NOBODY}:${NOBODY}`, dir),
    actual: 'EACCES',
    under: asNobody,
  },
];

describe('a writer outlives', { timeout: 120_000 }, () => {
  it.for(faults)('$title: nothing accepted is lost, and each file has a finding', async (fault, { skip }) => {
    const dir = logsDirectory();
    const unavailable = fault.prepare(dir);
    if (unavailable !== null) return skip(unavailable);
    const writer = startRemoteWriter(dir, {}, fault.under);
    const before = fault.fromTheStart ? 0 : 10;
    if (before > 0) await use(writer, before);
    expect(await writer.flush()).toEqual({ ok: true, findings: [] });
    fault.arise(dir);
    await use(writer, 400);
    const failed = await writer.flush();
    expect(failed.ok).toBe(false);
    expect(new Set(failed.findings.map(({ actual }) => actual))).toEqual(new Set([fault.actual]));
    expect(checkState(dir, { flushed: before, published: Number.MAX_SAFE_INTEGER })).toEqual([]);
    fault.end(dir);
    await use(writer, 10);
    expect(await writer.flush()).toMatchObject({ ok: true });
    await expectEverything(dir, writer, before + 410);
  });

  it('a FIFO in the place of each file, on which it does not hang', async ({ skip }) => {
    const dir = logsDirectory();
    const files = [...surfaces, ...ledgers].map((name) => path.join(dir, registry[name].file));
    for (const file of files) {
      mkdirSync(path.dirname(file), { recursive: true });
      const failed = attempt('mkfifo', file);
      if (failed !== null) return skip(failed);
    }
    const writer = startRemoteWriter(dir);
    await use(writer, 10);
    const failed = await writer.flush();
    expect(failed.findings.map(({ surface }) => surface).toSorted()).toEqual([...ledgers].toSorted());
    for (const ledger of ledgers) rmSync(path.join(dir, registry[ledger].file));
    expect(await writer.flush()).toMatchObject({ ok: true });
    await expectEverything(dir, writer, 10);
  });

  it('the removal of its directory, and goes on in a new one', async () => {
    const dir = logsDirectory();
    const writer = startRemoteWriter(dir);
    await use(writer, 10);
    await writer.flush();
    rmSync(dir, { recursive: true });
    const { version } = await use(writer, 10);
    expect(await writer.flush()).toMatchObject({ ok: true });
    expect(checkState(dir, { flushed: version, published: version })).toEqual([]);
    expect(await writer.close()).toMatchObject({ ok: true });
    const stats = await writer.stats();
    for (const ledger of ledgers) expect(stats[ledger]).toMatchObject({ appended: 20, written: 20 });
  });
});

function logsDirectory(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'faults-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const dir = path.join(home, 'logs');
  mkdirSync(dir);
  return dir;
}

async function use(writer: RemoteWriter, records: number): Promise<{ readonly version: number }> {
  const published = await writer.publish();
  expect(published.ok).toBe(true);
  const { rejected } = await writer.append(records);
  expect(rejected).toEqual({ events: 0, risk_vetoes: 0 });
  return published;
}

async function expectEverything(dir: string, writer: RemoteWriter, records: number): Promise<void> {
  const { version } = await writer.publish();
  expect(await writer.close()).toMatchObject({ ok: true });
  expect(checkState(dir, { flushed: version, published: version })).toEqual([]);
  const stats = await writer.stats();
  for (const ledger of ledgers) {
    expect(followLedger(ledger, path.join(dir, registry[ledger].file)).next(1, true)).toEqual({
      records,
      violations: [],
    });
    expect(stats[ledger]).toMatchObject({ appended: records, written: records, rejected: 0 });
  }
  expect(await writer.leave()).toMatchObject({ code: 0, stderr: '' });
}
