import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { createWriter } from '@hedge-telemetry/writer';
import { problemOf } from './ledger-check.js';
import { markOf, record } from './records.mjs';

/** What a ledger may end in when a writer opens it. */
export interface TornTail {
  readonly title: string;
  readonly content: Buffer;
  /** Records of the first life that a reader finds in it afterwards. */
  readonly records: number;
  /** Places that are no record: each is reported once. */
  readonly torn: number;
}

const whole = lineOf(0);
const second = lineOf(1);
const umlaut = Buffer.from(whole.replace('ETHUSDT', 'ETHÜSDT'));
/** More than two pages of memory. */
const longest = lineOf(19);

/** Ends of a ledger that crashes, full disks and power losses leave. */
export const tornTails: readonly TornTail[] = [
  tail('nothing', [], 0, 0),
  tail('a whole line', [whole, '\n'], 1, 0),
  tail('a line that lacks only its newline', [whole, '\n', second], 2, 0),
  tail('one byte of a line', [whole, '\n{'], 1, 1),
  tail('half a line and nothing before', [whole.slice(0, 60)], 0, 1),
  tail('a line without its last byte', [whole, '\n', second.slice(0, -1)], 1, 1),
  tail('a long line cut at the end of a page', [whole, '\n', longest.slice(0, 4_096 - whole.length - 1)], 1, 1),
  tail('half a character', [whole, '\n', umlaut.subarray(0, umlaut.indexOf('Ü') + 1)], 1, 1),
  tail('zero bytes in place of a line', [whole, '\n', Buffer.alloc(300)], 1, 1),
  tail('a page of zero bytes behind half a line', [whole, '\n', second.slice(0, 40), Buffer.alloc(4_096)], 1, 1),
  tail('zero bytes between lines', [whole, '\n', Buffer.alloc(200), '\n', second, '\n'], 2, 1),
  tail('a torn line between lines', [whole, '\n', second.slice(0, 50), '\n', second, '\n'], 2, 1),
];

/** Appends two records behind a tail, in two flushes, and checks what is then in the file and what a reader sees of it. */
export async function appendBehind(
  { content, records, torn }: TornTail,
  create: typeof createWriter,
): Promise<string[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'torn-tail-'));
  const file = path.join(dir, registry.events.file);
  mkdirSync(path.dirname(file));
  writeFileSync(file, content);
  const writer = create({ dir });
  for (const seq of [0, 1]) {
    writer.append('events', record('events', 2, seq) as never);
    await writer.flush();
  }
  await writer.close();
  const violations = [...checkBytes(readFileSync(file), content), ...(await checkReader(dir, records, torn))];
  rmSync(dir, { recursive: true });
  return violations;
}

function checkBytes(bytes: Buffer, content: Buffer): string[] {
  if (!bytes.subarray(0, content.length).equals(content)) return ['what stood in the ledger was altered'];
  const ended = content.length === 0 || content.at(-1) === 0x0a;
  const added = bytes.subarray(content.length).toString('latin1').split('\n');
  const lines = ended ? added : added.slice(1);
  if (!ended && added[0] !== '') return ['the first record is glued to the tail'];
  if (lines.length !== 3 || lines[2] !== '') return [`${lines.length - 1} lines were added, not 2`];
  return lines.slice(0, 2).flatMap((line, seq) => problemOf('events', line, 2, seq) ?? []);
}

async function checkReader(dir: string, records: number, torn: number): Promise<string[]> {
  const entries = [];
  for await (const entry of createReader({ dir }).tail('events', { follow: false })) entries.push(entry);
  const seen = entries.filter((each) => markOf('events', each.record) !== null).length;
  const reported = entries.filter((each) => each.record === null && each.findings.length > 0).length;
  const found = [];
  if (seen !== records + 2) found.push(`a reader sees ${seen} records of ${records + 2}`);
  if (reported !== torn) found.push(`a reader reports ${reported} torn places of ${torn}`);
  return found;
}

function tail(title: string, parts: readonly (string | Uint8Array)[], records: number, torn: number): TornTail {
  return { title, content: Buffer.concat(parts.map((part) => Buffer.from(part))), records, torn };
}

function lineOf(seq: number): string {
  return JSON.stringify({ schema: 'events_v1', ts: '2026-01-01T00:00:00.000Z', ...record('events', 1, seq) });
}
