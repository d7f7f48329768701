import { renameSync } from 'node:fs';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import { segmentName, segmentShown } from './segments.js';
import { causeOf, failure } from './write-failed.js';
import type { Place } from './write-failed.js';

/** When a ledger is rotated. Nothing is rotated that neither asks for. */
export interface RotationOptions {
  /** A segment is not longer than this, unless a single line is. */
  readonly maxBytes?: number;
  /** A segment holds lines of one UTC day. */
  readonly daily?: boolean;
}

/** Decides when a ledger is rotated, and does it. The lock of the ledger must be held: nobody else makes segments then. */
export interface Rotation {
  /** True where `bytes` (whole lines) begin a new segment, behind a file of `size` bytes. */
  due(size: number, bytes: Uint8Array): boolean;
  /** How many of `bytes` go into the file of `size` bytes: whole lines, at least one. */
  room(size: number, bytes: Uint8Array): number;
  /** Takes note that the file was written to, in seconds since 1970. */
  wroteAt(time: number): void;
  /** Gives the file, which must not be open, the name of a segment. False where that failed; then it is left alone for a while. */
  rotate(): boolean;
}

interface RotationTarget extends Place {
  readonly file: string;
  readonly now: () => number;
  readonly say: (finding: Finding) => void;
  readonly rotated: (segment: string) => void;
}

const NEWLINE = 0x0a;
const DAY_S = 86_400;
/** A rotation that failed is tried again after this time. */
const RETRY_S = 60;

export function createRotation(
  { maxBytes = Infinity, daily = false }: RotationOptions,
  target: RotationTarget,
): Rotation {
  const { file, shown, surface, now, say, rotated } = target;
  let lastWrite = -Infinity;
  let failedAt = -Infinity;

  function due(size: number, bytes: Uint8Array): boolean {
    if (size === 0 || now() < failedAt + RETRY_S) return false;
    return size + firstLine(bytes) > maxBytes || (daily && dayOf(lastWrite) < dayOf(now()));
  }

  function rotate(): boolean {
    try {
      const segment = segmentName(file, now() * 1000);
      renameSync(file, segment);
      say(finding('ledger-rotated', { surface, file: shown, actual: segmentShown(shown, segment) }));
      rotated(segment);
      return true;
    } catch (error) {
      failedAt = now();
      say(failure('rotation-failed', target, 'could not be rotated', causeOf(error)));
      return false;
    }
  }

  return {
    due,
    room(size, bytes) {
      if (size + bytes.length <= maxBytes || now() < failedAt + RETRY_S) return bytes.length;
      return wholeLines(bytes, maxBytes - size);
    },
    wroteAt(time) {
      lastWrite = time;
    },
    rotate,
  };
}

function firstLine(bytes: Uint8Array): number {
  return bytes.indexOf(NEWLINE) + 1;
}

function wholeLines(bytes: Uint8Array, limit: number): number {
  const fitting = limit > 0 ? bytes.lastIndexOf(NEWLINE, limit - 1) + 1 : 0;
  return fitting > 0 ? fitting : firstLine(bytes);
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_S);
}
