import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeLogs, seeded, T0, temporaryDirectory } from '../../test/logs.js';
import { hasNatsServer, natsServer } from '../../test/nats-server.js';
import type { NatsServer } from '../../test/nats-server.js';
import { readStream } from '../../test/stream.js';
import { createRemoteSync } from '../remote-sync.js';
import { createNatsSink } from './nats-sink.js';

/** The full count takes minutes: FLEET_EVENTS=100000. FLEET_SEED repeats a run. */
const EVENTS = Number(process.env['FLEET_EVENTS'] ?? 8_000);
const ROUND_EVENTS = Math.max(600, Math.floor(EVENTS / 60));
const LEDGERS = ['events', 'orders_executed', 'nav_history'] as const;
const CHILD = resolve(import.meta.dirname, '../../test/sync-child.mjs');
const SEED = Number(process.env['FLEET_SEED'] ?? Date.now() % 1_000_000_007);
const place = { env: 'prod', executor: 'exec-1' };

describe.skipIf(!hasNatsServer)('ledgers on their way to a server', () => {
  test(
    'arrive once, whole and in order though sync and server are killed, a sync sleeps, and the store is rolled back',
    { timeout: 120_000 + EVENTS * 10 },
    async () => {
      console.log(`FLEET_SEED=${SEED}`);
      const random = seeded(SEED);
      const directory = temporaryDirectory();
      const logs = makeLogs(join(directory, 'logs'));
      const server = await natsServer(join(directory, 'nats'));
      await server.start();
      let child = startSync(logs.dir, server);
      onTestFinished(async () => {
        for (const each of [child, ...sleepers]) each.kill('SIGKILL');
        await server.kill();
      });
      const counts = { syncKills: 0, serverKills: 0, rollBacks: 0, sleepers: 0, rotations: 0 };
      const copy = join(directory, 'copy');
      const sleepers: ChildProcess[] = [];
      let written = 0;
      for (let round = 0; written < EVENTS; round += 1) {
        const until = Math.min(EVENTS, written + ROUND_EVENTS);
        while (written < until) {
          const burst = Math.min(until - written, 1 + random(200));
          write(logs.dir, written, burst, random);
          written += burst;
          await sleep(random(12));
          if (random(12) === 0) counts.rotations += rotate(logs.dir, LEDGERS[random(3)] ?? 'events', random(2) === 0);
        }
        await progress(child);
        write(logs.dir, written, Math.min(EVENTS - written, 400), random);
        written = Math.min(EVENTS, written + 400);
        await sleep(random(60));
        await disturb(round);
      }
      for (const each of [child, ...sleepers]) each.kill('SIGKILL');
      const report = await createRemoteSync({
        from: logs.dir,
        sink: createNatsSink({ servers: server.url }),
        ...place,
      }).once();
      expect(report).toMatchObject({ findings: [], ok: true, lag_bytes: 0 });
      console.log(JSON.stringify({ events: EVENTS, ...counts, lastPass: report.lines }));
      const { records, ledgers } = await readStream(server.url, place);
      for (const ledger of LEDGERS)
        expect(numbersOf(ledgers.get(ledger))).toEqual(numbersOf(history(logs.dir, ledger)));
      for (const ledger of LEDGERS) expect(ledgers.get(ledger)?.equals(history(logs.dir, ledger)), ledger).toBe(true);
      expect(records).toBe(EVENTS);
      expect(counts.syncKills).toBeGreaterThan(0);
      expect(counts.serverKills).toBeGreaterThan(0);
      expect(counts.rollBacks).toBeGreaterThan(0);
      expect(counts.sleepers).toBeGreaterThan(0);

      async function disturb(round: number): Promise<void> {
        const choice = round < 4 ? round : random(8);
        if (choice === 1) {
          await server.kill();
          counts.serverKills += 1;
          await sleep(random(80));
          if (!existsSync(copy) || random(3) === 0) cpSync(server.storeDir, copy, { recursive: true });
          await server.start();
        } else if (choice === 2 && existsSync(copy)) {
          await server.kill();
          rmSync(server.storeDir, { recursive: true });
          renameSync(copy, server.storeDir);
          counts.rollBacks += 1;
          await server.start();
        } else if (choice === 3) {
          const sleeper = child;
          sleeper.kill('SIGSTOP');
          counts.sleepers += 1;
          child = startSync(logs.dir, server);
          write(logs.dir, written, Math.min(EVENTS - written, 50), random);
          written = Math.min(EVENTS, written + 50);
          await progress(child);
          sleeper.kill('SIGCONT');
          sleepers.push(sleeper);
        } else if (choice !== 7) {
          await end(child);
          counts.syncKills += 1;
          child = startSync(logs.dir, server);
        }
      }
    },
  );
});

function startSync(from: string, server: NatsServer): ChildProcess {
  return spawn(process.execPath, [CHILD, from, server.url, place.executor], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills a process, which may have ended by itself: where a server has forgotten who of two was first, either may stay. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** Resolves when the sync has stored something, or another one has left it nothing to store. */
async function progress({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) return;
  const signal = AbortSignal.timeout(10_000);
  try {
    for (let text = ''; !/"lines":[1-9]/.test(text);) text += String((await once(stdout, 'data', { signal }))[0]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Events with their number, dealt to the ledgers at random. */
function write(dir: string, first: number, count: number, random: (limit: number) => number): void {
  const texts = new Map<string, string>();
  for (let number = first; number < first + count; number += 1) {
    const ledger = LEDGERS[random(3)] ?? 'events';
    texts.set(
      ledger,
      `${texts.get(ledger) ?? ''}${JSON.stringify({ ts: T0 + number, number, pad: 'x'.repeat(random(200)) })}\n`,
    );
  }
  for (const [ledger, text] of texts) appendFileSync(join(dir, `execution/${ledger}.jsonl`), text);
}

/**
 * Rotates each ledger in a way of its own: as the writer does, by counting, which renames all segments, and by copying
 * and truncating. Compresses a segment in some cases.
 */
function rotate(dir: string, ledger: string, compress: boolean): number {
  const current = join(dir, `execution/${ledger}.jsonl`);
  if (!existsSync(current)) return 0;
  const time = new Date().toISOString().replaceAll(/[-:]/g, '');
  if (ledger === 'nav_history') {
    copyFileSync(current, `${current}-${time}`);
    truncateSync(current);
    return 1;
  }
  const segment = ledger === 'events' ? join(dir, `execution/${ledger}.${time}.jsonl`) : `${current}.1`;
  if (ledger === 'orders_executed') countUp(current);
  if (existsSync(segment) || existsSync(`${segment}.gz`)) return 0;
  renameSync(current, segment);
  if (!compress) return 1;
  const packed = join(dir, `execution/.${basename(segment)}.gz.1.a.tmp`);
  appendFileSync(packed, gzipSync(readFileSync(segment)));
  renameSync(packed, `${segment}.gz`);
  rmSync(segment);
  return 1;
}

/** Gives every counted segment the next number, the highest first. */
function countUp(current: string): void {
  const names = readdirSync(dirname(current)).filter((name) => name.startsWith(`${basename(current)}.`));
  for (let count = names.length; count > 0; count -= 1)
    for (const end of ['', '.gz'])
      if (existsSync(`${current}.${count}${end}`))
        renameSync(`${current}.${count}${end}`, `${current}.${count + 1}${end}`);
}

/** Everything that was ever written to a ledger. */
function history(dir: string, ledger: string): Buffer {
  const current = `${ledger}.jsonl`;
  const names = readdirSync(join(dir, 'execution')).filter((name) => name.startsWith(`${ledger}.`) && name !== current);
  const segments = names.toSorted((one, other) => countOf(other) - countOf(one) || (one < other ? -1 : 1));
  const parts = [...segments, ...(existsSync(join(dir, 'execution', current)) ? [current] : [])].map((name) => {
    const bytes = readFileSync(join(dir, 'execution', name));
    return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  });
  return Buffer.concat(parts);
}

function countOf(name: string): number {
  return Number(/\.jsonl\.(\d+)(?:\.gz)?$/.exec(name)?.[1] ?? 0);
}

/** The numbers of the events in their order, in few words: runs of numbers that follow each other are what differs. */
function numbersOf(bytes: Buffer | undefined): number[] {
  const text = (bytes ?? Buffer.alloc(0)).toString().trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => Number(/"number":(\d+)/.exec(line)?.[1]));
}
