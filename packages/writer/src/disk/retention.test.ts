import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/fixtures.js';
import { applyRetention } from './retention.js';
import type { RetentionOptions } from './retention.js';

const NOON = Date.UTC(2026, 10, 28, 12) / 1000;
const segments = ['24', '25', '26', '27'].map((day) => `events.202611${day}T000000.000Z.jsonl`);
const others = [
  'events.jsonl',
  'events.20261101.jsonl',
  'events.20261101T000000.000Z.jsonl.gz.1.0123456789ab.tmp',
  'events_old.20261101T000000.000Z.jsonl',
  'events.20261101T000000.000Z.jsonl.bak',
  'events.20269901T000000.000Z.jsonl',
];

function retain(keep: RetentionOptions): { left: string[]; heard: Finding[] } {
  const dir = path.join(temporaryDirectory(), 'execution');
  mkdirSync(path.join(dir, 'events.20261102T000000.000Z.jsonl'), { recursive: true });
  for (const name of [...segments, ...others]) writeFileSync(path.join(dir, name), 'x'.repeat(100));
  const heard: Finding[] = [];
  const place = { file: path.join(dir, 'events.jsonl'), shown: 'execution/events.jsonl', surface: 'events' };
  applyRetention(keep, { ...place, now: () => NOON, say: (each) => heard.push(each) });
  const left = readdirSync(dir).filter((name) => !others.includes(name) && !name.startsWith('events.20261102'));
  expect(readdirSync(dir)).toHaveLength(left.length + others.length + 1);
  return { left, heard };
}

it.each([
  ['nothing is said', {}, 4],
  ['a number is', { segments: 3 }, 3],
  ['no segments are wanted', { segments: 0 }, 0],
  ['days are', { days: 2.5 }, 2],
  ['bytes are', { bytes: 250 }, 2],
  ['several are, and the least of them counts', { segments: 3, days: 9, bytes: 150 }, 1],
  ['more is kept than there is', { segments: 99, days: 99, bytes: 9999 }, 4],
])('keeps the newest where %s', (_title, keep, count) => {
  const { left, heard } = retain(keep);
  expect(left).toEqual(segments.slice(4 - count));
  expect(heard.map(({ file }) => path.basename(file ?? '')).toSorted()).toEqual(segments.slice(0, 4 - count));
});

it('reports what it removes: which file, how large, and why', () => {
  expect(retain({ segments: 3 }).heard).toMatchObject([
    {
      rule: 'segment-removed',
      level: 'info',
      surface: 'events',
      file: `execution/${segments[0]}`,
      expected: 'not more than 3 segments',
      actual: '100 bytes',
    },
  ]);
});
