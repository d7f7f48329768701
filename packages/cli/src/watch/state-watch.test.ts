import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createReader } from '@hedge-telemetry/reader';
import type { Reader } from '@hedge-telemetry/reader';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { navDocument, put } from '../../test/run-cli.js';
import { watchState } from './state-watch.js';

/** Longer than a file system takes to stamp two changes differently, in milliseconds. */
const SETTLED_MS = 50;

let dir: string;
let reader: Reader;
let reads: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-state-watch-'));
  reads = 0;
  const real = createReader({ dir });
  reader = {
    ...real,
    read: (surface) => {
      reads += 1;
      return real.read(surface);
    },
  };
});

afterEach(() => rm(dir, { recursive: true, force: true }));

function now(): number {
  return Date.now() / 1000;
}

describe('watchState', () => {
  it('reads a file once, lets its document grow older, and reads it again when it is another one', async () => {
    await put(dir, 'state/nav.json', navDocument());
    await delay(SETTLED_MS);
    const look = watchState(dir, 'nav', reader);
    expect(await look(now())).toMatchObject({ state: 'fresh', isNew: true, findings: [] });
    expect(await look(now() + 60)).toMatchObject({ state: 'fresh', isNew: false, findings: [] });
    const old = await look(now() + 7_200);
    expect(old).toMatchObject({ state: 'stale', isNew: false, findings: [{ rule: 'document-stale', surface: 'nav' }] });
    expect(old.age_s).toBeGreaterThan(7_199);
    expect(await look(now() - 600)).toMatchObject({ state: 'skewed', findings: [{ rule: 'timestamp-future' }] });
    expect(reads).toBe(1);
    await put(dir, 'state/nav.json', { ...navDocument(), nav_total: 'much' });
    expect(await look(now())).toMatchObject({ state: 'invalid', isNew: true });
    expect(reads).toBe(2);
  });

  it('reads a file again as long as a later change could look the same', async () => {
    const file = await put(dir, 'state/nav.json', navDocument());
    await utimes(file, now() + 60, now() + 60);
    const look = watchState(dir, 'nav', reader);
    expect(await look(now())).toMatchObject({ state: 'fresh', isNew: true });
    expect(await look(now())).toMatchObject({ state: 'fresh', isNew: false });
    expect(reads).toBe(2);
  });

  it('waits for the companion of a document that tells no time, and reads it again when that changes', async () => {
    await put(dir, 'state/positions.json', []);
    await delay(SETTLED_MS);
    const start = now();
    const look = watchState(dir, 'positions', reader);
    expect(await look(start)).toMatchObject({ state: 'stale', isNew: true, isPending: true });
    expect(await look(start + 3)).toMatchObject({ state: 'stale', isNew: false, isPending: false });
    const before = reads;
    const synced = { items: [], nav: 1, engine_version: '7.0.0', v6_flags: {}, updated_at: now() };
    await put(dir, 'state/synced_state.json', synced);
    const found = await look(now());
    expect(reads).toBe(before + 1);
    expect(found).toMatchObject({ state: 'fresh', isNew: false, isPending: false });
  });
});
