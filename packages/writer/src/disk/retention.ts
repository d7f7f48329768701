import { unlinkSync } from 'node:fs';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import { segmentShown, segmentsOf } from './segments.js';
import type { Segment } from './segments.js';
import { causeOf, failure, removalFailed } from './write-failed.js';
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
  if (Object.values(keep).every((each) => each === undefined)) return;
  try {
    for (const { segment, reason } of surplus(keep, segmentsOf(target.file).toReversed(), target.now() * 1000))
      remove(segment, reason, target);
  } catch (error) {
    target.say(failure('removal-failed', target, 'has segments that could not be listed', causeOf(error)));
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
  const shown = segmentShown(target.shown, file);
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
    target.say(removalFailed({ surface: target.surface, shown }, error));
  }
}
