import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { temporaryDirectory } from '../test/roots.js';
import { watchDirectories } from './directory-watch.js';

function watchedDirectory(): { directory: string; calls: () => number; refresh: () => void; close: () => void } {
  const root = temporaryDirectory();
  let calls = 0;
  const watch = watchDirectories(root, (file) => {
    expect(file).toBe('state/nav.json');
    calls += 1;
  });
  onTestFinished(() => watch.close());
  return {
    directory: join(root, 'state'),
    calls: () => calls,
    refresh: () => watch.refresh(['state', 'none']),
    close: () => watch.close(),
  };
}

/** Closing takes effect a moment later. */
async function watchers(): Promise<number> {
  await sleep(50);
  return process.getActiveResourcesInfo().filter((each) => each === 'FSEventWrap').length;
}

test('a file put in place is told of, a partial file is not', async () => {
  const { directory, calls, refresh } = watchedDirectory();
  mkdirSync(directory);
  refresh();
  writeFileSync(join(directory, 'nav.json.tmp'), '{}');
  await sleep(50);
  expect(calls()).toBe(0);
  renameSync(join(directory, 'nav.json.tmp'), join(directory, 'nav.json'));
  await expect.poll(calls, { timeout: 20_000 }).toBeGreaterThan(0);
});

test('a directory that appears, or is made again, is watched from the next refresh on', async () => {
  const { directory, calls, refresh } = watchedDirectory();
  refresh();
  for (let round = 0; round < 3; round += 1) {
    mkdirSync(directory);
    refresh();
    const before = calls();
    writeFileSync(join(directory, 'nav.json'), '{}');
    await expect.poll(calls, { timeout: 20_000 }).toBeGreaterThan(before);
    rmSync(directory, { recursive: true });
    refresh();
  }
});

test('no watcher is left of a directory that was replaced, nor after the end', async () => {
  const { directory, refresh, close } = watchedDirectory();
  const before = await watchers();
  for (let round = 0; round < 3; round += 1) {
    mkdirSync(directory);
    refresh();
    renameSync(directory, `${directory}.${round}`);
  }
  mkdirSync(directory);
  refresh();
  expect(await watchers()).toBe(before + 1);
  close();
  expect(await watchers()).toBe(before);
});
