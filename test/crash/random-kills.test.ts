import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { describeLosses } from './oracle.js';
import { settings } from './settings.js';
import { storm } from './storm.js';
import { startWatcher } from './watcher.js';
import { bundle, copyWriter } from './writer-copy.js';

/** In memory, where nothing waits for a disk and most writes fit into a life, and on a disk. */
const LANES = [
  { pace: 'full', place: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
  { pace: 'paced', place: tmpdir() },
] as const;

it(
  `keeps state files whole and flushed records there through ${settings.kills} SIGKILLs at random instants`,
  async () => {
    const module = await bundle(copyWriter());
    const watcher = startWatcher();
    const kills = Math.ceil(settings.kills / LANES.length);
    const reports = await Promise.all(
      LANES.map((lane, index) => storm({ ...lane, module, kills, watcher, seed: settings.seed + index })),
    );
    const watched = await watcher.stop();
    for (const [lane, { losses, records, flushes }] of reports.entries())
      console.log(
        `${describeLosses(LANES[lane]?.pace ?? '', losses)}; ${records} records kept, ${flushes} lives flushed`,
      );
    console.log(`${watched.reads} reads of state files meanwhile; seed ${settings.seed}`);
    expect([...reports.flatMap(({ violations }) => violations), ...watched.violations]).toEqual([]);
    for (const { flushes, fragments } of reports) expect([flushes, fragments]).not.toContain(0);
    expect(watched.reads).toBeGreaterThan(settings.kills);
  },
  Infinity,
);
