import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { parseJson } from '@hedge-telemetry/contract';
import type { QuarantineRecord } from '@hedge-telemetry/contract';
import { GENERATION_BYTES, generationOfHead } from '@hedge-telemetry/contract/ledger';

import { ensureDirectory, MIRROR_MODE, writeAll } from './atomic-write.js';
import { fileExtent, NEWLINE } from './extent.js';
import type { Extent } from './extent.js';
import { errorCode } from './file-look.js';
import type { BrokenLine } from './ledger-lines.js';
import { QUARANTINE } from './quarantine.js';

/** The list of the broken lines of a ledger. It is evidence beside the ledger, which holds the lines themselves. */
export interface LineQuarantine {
  /** Path of the list below the mirror's root. */
  readonly file: string;
  /** Lists lines of a generation that are not listed yet. Gives how many were new, or what went wrong. */
  note(lines: readonly BrokenLine[], generation: string, firstLine: number, now: number): number | string;
}

/** The list is put aside as `<ledger>.1.jsonl` once it is this long, and what was put aside before is dropped. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;
const MAX_KEPT_BYTES = 4 * 1024;
const LAST_RECORD_BYTES = 64 * 1024;
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The list of the ledger `file` in the mirror at `to`. A line is listed before it is mirrored, and known by its place when it comes again. */
export function createLineQuarantine(to: string, file: string, surface: string | null): LineQuarantine {
  const list = `${QUARANTINE}/${file}`;
  return {
    file: list,
    note(lines, generation, firstLine, now) {
      if (lines.length === 0) return 0;
      const obstacle = ensureDirectory(to, dirname(list));
      if (obstacle !== null) return obstacle;
      try {
        return appendNew(
          join(to, list),
          lines.map((line) => recordOf(line, { file, surface, generation, firstLine, now })),
        );
      } catch (error) {
        return errorCode(error);
      }
    },
  };
}

/** What a generation is known by, whatever its name is and however it grows: its first line. */
export function generationOf(extent: Extent): string {
  const buffer = Buffer.alloc(Math.min(GENERATION_BYTES, extent.end));
  return generationOfHead(buffer.subarray(0, extent.read(buffer, 0)));
}

function appendNew(path: string, records: readonly QuarantineRecord[]): number {
  let fd = openSync(path, FLAGS, MIRROR_MODE);
  try {
    const { size } = fstatSync(fd);
    const { last, isTorn } = endOf(fileExtent(fd, size));
    const fresh = records.filter(
      ({ generation, offset }) => last === null || last.generation !== generation || (offset ?? 0) > last.offset,
    );
    if (fresh.length === 0) return 0;
    if (size > MAX_LIST_BYTES) {
      renameSync(path, path.replace(/(?:\.jsonl)?$/, '.1.jsonl'));
      const next = openSync(path, FLAGS, MIRROR_MODE);
      closeSync(fd);
      fd = next;
    }
    const text = `${isTorn && size <= MAX_LIST_BYTES ? '\n' : ''}${fresh.map((each) => `${JSON.stringify(each)}\n`).join('')}`;
    const { failure } = writeAll(fd, Buffer.from(text));
    if (failure !== null) throw new Error(failure);
    return fresh.length;
  } finally {
    closeSync(fd);
  }
}

/** How the list ends: with the place of a line, or torn by a crash. */
interface ListEnd {
  readonly last: { readonly generation: string; readonly offset: number } | null;
  readonly isTorn: boolean;
}

function endOf(list: Extent): ListEnd {
  const buffer = Buffer.alloc(Math.min(LAST_RECORD_BYTES, list.end));
  const bytes = buffer.subarray(0, list.read(buffer, list.end - buffer.length));
  if (bytes.at(-1) !== NEWLINE) return { last: null, isTorn: bytes.length > 0 };
  const parsed = parseJson(bytes.subarray(bytes.lastIndexOf(NEWLINE, -2) + 1, -1));
  const { generation, offset } = (parsed.ok ? (parsed.value ?? {}) : {}) as Partial<QuarantineRecord>;
  const isPlace = typeof generation === 'string' && typeof offset === 'number';
  return { last: isPlace ? { generation, offset } : null, isTorn: false };
}

interface LinePlace {
  readonly file: string;
  readonly surface: string | null;
  readonly generation: string;
  readonly firstLine: number;
  readonly now: number;
}

function recordOf(line: BrokenLine, { file, surface, generation, firstLine, now }: LinePlace): QuarantineRecord {
  const kept = line.bytes.subarray(0, MAX_KEPT_BYTES);
  const number = firstLine + line.index;
  return {
    ts: now,
    file,
    surface,
    bytes: line.length,
    kept_bytes: kept.length,
    sha256: sha256(kept),
    copy: null,
    base64: kept.toString('base64'),
    line: number,
    offset: line.offset,
    generation,
    intact: line.intact.map((each) => ({ ...each })),
    findings: [{ ...line.finding, file, line: number }],
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
