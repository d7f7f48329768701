import { writeFile } from 'node:fs/promises';
import { stateNames } from '@hedge-telemetry/contract';
import type { StateName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyCondition, conditions, writeHealthy, writeHealthyState } from '../conditions.js';
import type { Condition } from '../conditions.js';
import { describeInBrowser, launch, open, openPage, show } from './browser.js';
import type { WatchedPage } from './browser.js';
import { lies } from './oracle.js';
import type { Known } from './oracle.js';
import { ensurePage } from './page-built.js';
import { shownValues } from './shown-values.js';
import { serveNew } from './site.js';
import type { Site } from './site.js';
import { recordStream, untilReceived } from './stream-record.js';

const views = ['overview', 'nav', 'positions', 'risk', 'router', 'kpis', 'events', 'contract'];
const details = ['nav', 'nav_state', 'positions', 'risk_snapshot', 'router_health', 'kpis_v7'].map(
  (name) => `surface/${name}`,
);

let browser: Browser;
let site: Site;
let watched: WatchedPage;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
  site = await serveNew((dir) => writeHealthy(dir, now()));
  watched = await openPage(browser, site.server.url);
  await recordStream(watched.page);
  await open(watched.page, site.server.url, 'overview');
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describeInBrowser('the page', () => {
  it.each(conditions.map((_, turn) => turn))(
    'tells the truth in every panel while the surfaces are in different conditions (turn %i)',
    async (turn) => {
      await put((index) => conditions[(index + turn) % conditions.length] ?? 'torn');
      const readings = await received();
      expect(await liesIn(views, readings)).toEqual([]);
      expect(watched.troubles).toEqual([]);
    },
  );

  it.each(conditions)(
    'tells the truth in every panel while every surface is in the condition "%s"',
    async (condition) => {
      await put(() => condition);
      const readings = await received();
      expect(await liesIn([...views, ...details], readings)).toEqual([]);
      await show(watched.page, 'overview');
      const text = await textNow();
      const positions = readings.get('positions');
      const isFlat = positions?.state === 'fresh' && Array.isArray(positions.value) && positions.value.length === 0;
      expect(/\bFlat\b|0 open|no open/i.test(text)).toBe(isFlat);
      if (condition === 'unknown enum') expect(await modeTone()).toMatch(/\bmode-bad\b/);
      if (!someValue(readings, 'OK')) expect(text).not.toMatch(/\bOK\b/);
      expect(watched.troubles).toEqual([]);
    },
  );

  it('says that the account is flat where a fresh document says so, and only there', async () => {
    const { page } = watched;
    await writeHealthy(site.dir, now());
    await publish('positions', '[]');
    await publish('synced_state', JSON.stringify({ ...flat(), updated_at: now() }));
    await show(page, 'positions');
    await page.getByText('Flat.').waitFor();
    await publish('positions', '[');
    await page.getByText('Positions are not known.').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Flat|0 open|no open/i);
    expect(watched.troubles).toEqual([]);
  });
});

async function put(conditionOf: (index: number) => Condition): Promise<void> {
  await writeHealthyState(site.dir, now());
  for (const [index, surface] of stateNames.entries())
    await applyCondition(site.dir, surface, conditionOf(index), now());
}

/** What a reader makes of the directory, once the page was sent as much. */
async function received(): Promise<Known> {
  await site.server.hub.look();
  const readings = await createReader({ dir: site.dir }).readAll();
  await untilReceived(watched.page, readings);
  return new Map(readings.map((reading) => [reading.surface as string, reading]));
}

async function liesIn(shown: readonly string[], readings: Known): Promise<string[]> {
  const values = await shownValues(watched.page, shown);
  return Object.entries(values).flatMap(([view, found]) => {
    if (view !== 'events' && view !== 'contract') expect(found.length, view).toBeGreaterThan(0);
    return lies(found, readings).map((each) => `${view}: ${each}`);
  });
}

/** What the page says of now: its text without the charts, which tell of the past, and the findings, which tell what was expected. */
function textNow(): Promise<string> {
  return watched.page.evaluate(() => {
    const main = document.querySelector('main')?.cloneNode(true) as HTMLElement;
    for (const part of main.querySelectorAll('figure, [data-panel="contract"]')) part.remove();
    return main.textContent ?? '';
  });
}

function modeTone(): Promise<string> {
  return watched.page.evaluate(() => document.querySelector('[data-panel="risk"] .mode')?.className ?? '');
}

async function publish(surface: StateName, text: string): Promise<void> {
  await writeFile(`${site.dir}/state/${surface}.json`, text);
}

function flat(): object {
  return { schema: 'synced_state_v1', items: [], nav: 1, engine_version: 'x', v6_flags: {} };
}

function someValue(readings: Known, value: string): boolean {
  return JSON.stringify([...readings.values()].map((reading) => reading.readings)).includes(`"value":"${value}"`);
}

function now(): number {
  return Date.now() / 1000;
}
