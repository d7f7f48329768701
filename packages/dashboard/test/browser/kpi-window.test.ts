import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, launch, open, openPage } from './browser.js';
import { writeDay } from './history.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';

let browser: Browser;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
});

afterAll(() => browser?.close());

async function notes(hasHistory: boolean): Promise<ReadonlyMap<string, string>> {
  const site = await serveNew(async (dir) => {
    await writeDay(dir, Date.now() / 1000);
    if (!hasHistory) await rm(join(dir, 'execution/nav_history.jsonl'));
  });
  const watched = await openPage(browser, site.server.url);
  const { page, troubles } = watched;
  await open(page, site.server.url, 'kpis');
  const panel = page.locator('[data-panel="kpis"]');
  await expect.poll(() => panel.innerText(), { timeout: 20_000 }).not.toMatch(/being loaded|waiting/);
  const tiles = await page.locator('[data-panel="kpis"] .tile').evaluateAll((all) =>
    all.map((tile): [string, string] => [
      tile.querySelector('dt')?.textContent ?? '',
      // Values and their units stand in elements of their own, a little apart.
      (tile.querySelector('.tile-note')?.textContent ?? '').replaceAll(/(\d)([a-z])/g, '$1 $2'),
    ]),
  );
  expect(troubles).toEqual([]);
  await watched.close();
  await site.close();
  return new Map(tiles);
}

describeInBrowser('every key figure', () => {
  it('names its window and how much of it the data covers, gaps counted', async () => {
    const told = await notes(true);
    expect(told.size).toBeGreaterThan(10);
    // A day of points, less an hour without any, of three days.
    expect(told.get('Realised PnL')).toMatch(/^window 3 d; data covers 22\.\d h of it \(31 %\), 1 gap$/);
    expect(told.get('Maker fills')).toMatch(/^window .*; data covers .* of it \(\d+ %\).*; from .* samples$/);
    for (const [name, note] of told)
      expect(note, name).toMatch(/data covers|coverage not reported|at the time of the document/);
  });

  it('says so where nothing tells how much of it the data covers', async () => {
    const told = await notes(false);
    expect(told.get('Realised PnL')).toBe('window 3 d; coverage not reported');
  });
});
