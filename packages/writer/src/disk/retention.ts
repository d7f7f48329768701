import { unlinkSync } from 'node:fs';
import path from 'node:path';
import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { segmentsOf } from './segments.js';
import type { Segment } from './segments.js';
import { causeOf } from './write-failed.js';
import type { Place } from './write-failed.js';

/** How much of what was rotated is kept. What none of them names is kept for ever. */
export interface RetentionOptions {
  /** The newest segments, by number. */
  readonly segments?: number;
  /** Segments that were rotated within this many days. */
  readonly days?: number;
  /** The newest segments, as long as they take no more than this together. */
  readonly bytes?: number;
}

interface RetentionTarget extends Place {
  readonly file: string;
  /** The current time in seconds since 1970. */
  readonly now: () => number;
  readonly say: (finding: Finding) => void;
}

const DAY_MS = 86_400_000;

/** Removes the oldest segments of a ledger, as far as `keep` asks, and reports each. The ledger itself is never touched. */
export function applyRetention(keep: RetentionOptions, target: RetentionTarget): void {
  try {
    for (const { segment, reason } of surplus(keep, segmentsOf(target.file).toReversed(), target.now() * 1000))
      remove(segment, reason, target);
  } catch (error) {
    target.say(notRemoved(target, target.shown, error));
  }
}

interface Surplus {
  readonly segment: Segment;
  readonly reason: string;
}

function surplus(keep: RetentionOptions, newestFirst: readonly Segment[], now: number): readonly Surplus[] {
  const { segments = Infinity, days = Infinity, bytes = Infinity } = keep;
  let total = 0;
  return newestFirst.flatMap((segment, index) => {
    total += segment.bytes;
    if (index >= segments) return [{ segment, reason: `more than ${segments} segments` }];
    if (now - segment.rotated > days * DAY_MS) return [{ segment, reason: `older than ${days} days` }];
    return total > bytes ? [{ segment, reason: `more than ${bytes} bytes` }] : [];
  });
}

function remove({ file, bytes }: Segment, reason: string, target: RetentionTarget): void {
  const shown = path.join(path.dirname(target.shown), path.basename(file));
  try {
    unlinkSync(file);
    target.say(
      finding('segment-removed', {
        surface: target.surface,
        file: shown,
        expected: `not ${reason}`,
        actual: `${bytes} bytes`,
      }),
    );
  } catch (error) {
    target.say(notRemoved(target, shown, error));
  }
}

function notRemoved({ surface }: Place, shown: string, error: unknown): Finding {
  const { actual, message, fix } = causeOf(error);
  return finding('removal-failed', {
    surface,
    file: shown,
    message: `${shown} could not be removed: ${message}`,
    actual,
    ...fix,
  });
}
