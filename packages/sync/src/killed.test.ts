import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { beforeAll, describe, expect, test } from 'vitest';

import { build, start } from '../test/children.js';
import type { Child } from '../test/children.js';
import { SHADOW_HEAD } from '../test/documents.js';
import { historyOf } from '../test/history.js';
import { seeded, testSeed } from '../test/random.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import { createSync } from './index.js';
import { listSegments } from './ledger-segments.js';

/** SIGKILLs of the mirror; SYNC_KILLS=1000 for a long run. */
const KILLS = Number(process.env['SYNC_KILLS'] ?? 25);

/** A slow machine is given more kills, until so much of each ledger was rotated and a document was seen to change so often. */
const ENOUGH_BYTES = 100_000;

/** Small, so that the mirror is put aside again and again, too. */
const SEGMENT_BYTES = 1_000_000;

beforeAll(build);

describe('a mirror that is killed again and again while writers run and rotate', () => {
  test(
    'ends with every line of the history once and in order, and has never shown a torn or an older document',
    { timeout: 60_000 + KILLS * 10_000 },
    async () => {
      const seed = testSeed('kill');
      const random = seeded(seed);
      const roots = makeRoots();
      const { from, to } = roots;
      const styles = { renamed: 'nav_history', counted: 'risk_vetoes', copied: 'order_metrics' } as const;
      const startWriter = (style: keyof typeof styles): Child =>
        start('rotating-writer.mjs', from, style, styles[style], String(seed + random(1000)));
      const writers = {
        renamed: startWriter('renamed'),
        counted: startWriter('counted'),
        copied: startWriter('copied'),
      };
      const publisher = start('publishing-writer.mjs', from, String(seed));
      const watch = watchDocument(join(to, SHADOW_HEAD));
      await Promise.all([...Object.values(writers), publisher].map(({ begun }) => begun));
      const isEnough = (): boolean =>
        watch.seen() > KILLS / 4 && Object.values(styles).every((ledger) => rotatedBytes(from, ledger) > ENOUGH_BYTES);
      for (let kill = 0; kill < KILLS || !isEnough(); kill += 1) {
        const mirror = start('mirror-child.mjs', from, to, 'follow', String(SEGMENT_BYTES));
        if (random(4) > 0) await mirror.begun;
        await sleep(random(120));
        mirror.process.kill('SIGKILL');
        await mirror.ended;
        const style = (['renamed', 'counted'] as const)[random(12)];
        if (style === undefined) continue;
        writers[style].process.kill('SIGKILL');
        await writers[style].ended;
        writers[style] = startWriter(style);
      }
      for (const each of [...Object.values(writers), publisher]) {
        await each.begun;
        each.process.kill('SIGTERM');
        await each.ended;
      }
      const report = await createSync({ from, to, segmentBytes: SEGMENT_BYTES }).once();
      expect(report).toMatchObject({ ok: true, skipped: [], lag_bytes: 0 });
      for (const ledger of Object.values(styles)) {
        const history = historyOf(from, ledger);
        const mirror = historyOf(to, ledger);
        expect(firstDifference(history, mirror), `${ledger}: ${history.length} and ${mirror.length} bytes`).toBe(-1);
      }
      expect(roots.mirrored(SHADOW_HEAD)).toEqual(readFileSync(join(from, SHADOW_HEAD)));
      expect(watch.stop()).toEqual([]);
      expect(filesBelow(to).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    },
  );
});

/** Bytes of the files that a ledger was rotated to, as they lie there. */
function rotatedBytes(logs: string, ledger: string): number {
  const segments = listSegments(join(logs, 'execution', `${ledger}.jsonl`));
  return segments.reduce((sum, { stats }) => sum + Number(stats.size), 0);
}

/** Reads a document all the time; collects what is torn or older than what was seen before. */
function watchDocument(path: string): { stop: () => string[]; seen: () => number } {
  const troubles: string[] = [];
  const times = new Set<number>();
  let newest = 0;
  const timer = setInterval(() => {
    let text = '';
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return;
    }
    try {
      const { generated_ts: time } = JSON.parse(text) as { generated_ts: number };
      if (time < newest) troubles.push(`${time} after ${newest}`);
      newest = Math.max(newest, time);
      times.add(time);
    } catch {
      troubles.push(`torn: ${text.slice(0, 100)}`);
    }
  }, 1);
  return {
    seen: () => times.size,
    stop: () => {
      clearInterval(timer);
      return troubles;
    },
  };
}

function firstDifference(one: Buffer, other: Buffer): number {
  if (one.equals(other)) return -1;
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return at;
  return length;
}
