import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/fixtures.js';
import { createArchive } from './archive.js';
import { createLedgerTarget } from './ledger-target.js';

it('appends, rotates and archives', async () => {
  const dir = path.join(temporaryDirectory(), 'execution');
  const file = path.join(dir, 'events.jsonl');
  const heard: Finding[] = [];
  const say = (each: Finding) => heard.push(each);
  const archive = createArchive({ say });
  const target = createLedgerTarget({
    file,
    shown: 'execution/events.jsonl',
    surface: 'events',
    say,
    now: () => Date.now() / 1000,
    rotation: { maxBytes: 20 },
    rotated: (segment) => archive.add({ segment, shown: segment, surface: 'events' }),
  });
  const batch = Buffer.from('{"a":1}\n{"a":2}\n{"a":3}\n');
  expect(target.write(batch)).toEqual({ bytes: 24, lines: 3, failure: null });
  expect(target.sync()).toBeNull();
  expect(readFileSync(file, 'utf8')).toBe('{"a":3}\n');
  await expect.poll(() => archive.poll()).toBe(false);
  expect(target.close()).toBeNull();
  expect(heard.map(({ rule, message }) => [rule, message])).toEqual([
    ['ledger-rotated', expect.anything()],
    ['segment-archived', expect.anything()],
  ]);
  expect(readdirSync(dir)).toEqual([expect.stringMatching(/^events\.\d{8}T.*Z\.jsonl\.gz$/), 'events.jsonl']);
});
