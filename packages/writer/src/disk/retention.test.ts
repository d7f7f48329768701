import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/fixtures.js';
import { removeLeftovers } from './leftovers.js';
import { applyRetention } from './retention.js';

it('keeps the newest segments and removes leftovers', () => {
  const dir = path.join(temporaryDirectory(), 'execution');
  mkdirSync(dir);
  for (const day of ['01', '02', '03']) writeFileSync(path.join(dir, `events.202611${day}T000000.000Z.jsonl`), 'x\n');
  writeFileSync(path.join(dir, '.events.20261101T000000.000Z.jsonl.gz.999999999.0123456789ab.tmp'), '');
  const heard: Finding[] = [];
  const place = { file: path.join(dir, 'events.jsonl'), shown: 'execution/events.jsonl', surface: 'events' };
  applyRetention({ segments: 1 }, { ...place, now: () => Date.now() / 1000, say: (each) => heard.push(each) });
  heard.push(...removeLeftovers({ directory: dir, shown: 'execution' }));
  expect(readdirSync(dir)).toEqual(['events.20261103T000000.000Z.jsonl']);
  expect(heard.map(({ rule }) => rule)).toEqual(['segment-removed', 'segment-removed', 'stale-temporary-removed']);
});
