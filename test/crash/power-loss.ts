import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseJson, registry } from '@hedge-telemetry/contract';
import { startChild } from './children.js';
import { attempt } from './mounts.js';
import { testimonyOf } from './oracle.js';
import type { Testimony } from './oracle.js';
import { ledgers, markOf, VERSIONS_PER_LIFE } from './records.mjs';
import type { Ledger } from './records.mjs';
import { checkState } from './state-check.js';

/** A file system whose power can be cut. */
export interface Machine {
  readonly title: string;
  /** The command that makes it in a file. */
  readonly make: { readonly command: string; readonly options: readonly string[] };
  readonly mountOptions: string;
}

/** File systems on which a name can reach the disk before the bytes do, and the usual one. */
export const machines: readonly Machine[] = [
  { title: 'ext4', make: { command: 'mkfs.ext4', options: ['-q', '-F'] }, mountOptions: 'loop' },
  {
    title: 'ext4 with noauto_da_alloc',
    make: { command: 'mkfs.ext4', options: ['-q', '-F'] },
    mountOptions: 'loop,noauto_da_alloc',
  },
  { title: 'xfs', make: { command: 'mkfs.xfs', options: ['-q', '-f'] }, mountOptions: 'loop' },
];

/** What was found after all crashes, or why there could be none. */
export type PowerLosses =
  | { readonly unavailable: string }
  | { readonly violations: readonly string[]; readonly records: number; readonly tornPlaces: number };

const LONGEST_LIFE_MS = 400;

/** Cuts the power so many times while a writer that flushes durably works at full speed, and reads what is left. */
export async function losePower(
  { title, make, mountOptions }: Machine,
  module: string,
  crashes: number,
  random: () => number,
): Promise<PowerLosses> {
  const home = mkdtempSync(path.join(tmpdir(), 'power-loss-'));
  const [image, mountPoint, powerOff] = ['image', 'mount', 'power-off'].map((each) => path.join(home, each)) as [
    string,
    string,
    string,
  ];
  mkdirSync(mountPoint);
  const mount = (): string | null => attempt('mount', '-o', mountOptions, image, mountPoint);
  const unavailable =
    attempt('gcc', '-o', powerOff, path.join(import.meta.dirname, 'power-off.c')) ??
    attempt('truncate', '-s', '320M', image) ??
    attempt(make.command, ...make.options, image) ??
    mount();
  if (unavailable !== null) return { unavailable };
  const dir = path.join(mountPoint, 'logs');
  const heard: Testimony[] = [];
  const violations: string[] = [];
  let left = { records: 0, tornPlaces: 0 };
  for (let life = 1; life <= crashes && violations.length === 0; life += 1) {
    heard.push(await liveUntilPowerFails(module, dir, life, random, () => attempt(powerOff, mountPoint)));
    const again = attempt('umount', mountPoint) ?? mount();
    if (again !== null) return { unavailable: again };
    left = check(dir, life, heard, violations);
  }
  attempt('umount', '-l', mountPoint);
  rmSync(home, { recursive: true });
  return { ...left, violations: violations.map((each) => `${title}: ${each}`) };
}

async function liveUntilPowerFails(
  module: string,
  dir: string,
  life: number,
  random: () => number,
  fail: () => string | null,
): Promise<Testimony> {
  const options = { flush: [{ durable: true }] };
  const child = startChild('storm-child.mjs', { writer: module, dir, life, pace: 'full', options });
  while (!child.said().includes('\nf') && child.process.exitCode === null) await delay(5);
  await delay(random() * LONGEST_LIFE_MS);
  const failed = fail();
  child.process.kill('SIGKILL');
  const { said } = await child.ended;
  if (failed !== null) throw new Error(failed);
  return testimonyOf(withoutComplaints(said));
}

/** Once the power is off every write fails, which is said, and proves nothing. */
function withoutComplaints(said: string): string {
  const lines = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
  const failed = lines.findIndex((line) => line.startsWith('e'));
  return `${lines.slice(0, failed === -1 ? undefined : failed).join('\n')}\n`;
}

function check(
  dir: string,
  life: number,
  heard: readonly Testimony[],
  violations: string[],
): { records: number; tornPlaces: number } {
  const flushed = heard.at(-1)?.flushedVersion ?? 0;
  violations.push(...checkState(dir, { flushed, published: (life + 1) * VERSIONS_PER_LIFE }));
  const total = { records: 0, tornPlaces: 0 };
  for (const ledger of ledgers) {
    const { counts, tornPlaces } = readLives(ledger, path.join(dir, registry[ledger].file), violations);
    for (const [index, testimony] of heard.entries()) {
      const least = testimony.ledgers[ledger].flushed;
      const kept = counts.get(index + 1) ?? 0;
      total.records += kept;
      if (kept < least) violations.push(`life ${index + 1} of ${ledger}: ${least} were flushed, ${kept} are there`);
    }
    total.tornPlaces += tornPlaces;
  }
  return total;
}

/**
 * Whole records of each life before its first gap. Bytes that were not on disk may be missing, or zeros, in the middle of
 * what is left of a file, so that records may stand behind a gap; none stands there twice or out of order.
 */
function readLives(
  ledger: Ledger,
  file: string,
  violations: string[],
): { counts: Map<number, number>; tornPlaces: number } {
  const counts = new Map<number, number>();
  let tornPlaces = 0;
  let last = { life: 0, seq: -1 };
  const lines = existsSync(file) ? readFileSync(file, 'latin1').split('\n').slice(0, -1) : [];
  for (const line of lines) {
    const parsed = parseJson(Buffer.from(line, 'latin1'));
    const mark = parsed.ok ? markOf(ledger, parsed.value) : null;
    if (mark === null) {
      tornPlaces += 1;
      continue;
    }
    const { life, seq } = mark;
    if (life < last.life || (life === last.life && seq <= last.seq))
      violations.push(`${ledger}: record ${seq} of life ${life} behind ${last.seq} of ${last.life}`);
    if (seq === (counts.get(life) ?? 0)) counts.set(life, seq + 1);
    last = mark;
  }
  return { counts, tornPlaces };
}
