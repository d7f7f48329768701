import { stateNames } from '@hedge-telemetry/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyCondition, writeHealthyState } from '../conditions.js';
import { ledgerConditions, putLedgers } from '../ledger-conditions.js';
import { describeInBrowser, launch, open, openPage, show } from './browser.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';

const views = ['overview', 'nav', 'positions', 'risk', 'router', 'kpis', 'events', 'contract', 'surface/nav'];
const WIDTH = 360;

let browser: Browser;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
});

afterAll(() => browser?.close());

describeInBrowser('a telephone', () => {
  it.each(['no file', 'torn', 'wrong type', 'future clock', 'stale'] as const)(
    'needs no horizontal scroll in any view while every surface is in the condition "%s"',
    async (condition) => {
      const now = Date.now() / 1000;
      const site = await serveNew(async (dir) => {
        await writeHealthyState(dir, now);
        await putLedgers(dir, ledgerConditions[condition.length % ledgerConditions.length] ?? 'healthy', now);
        for (const surface of stateNames) await applyCondition(dir, surface, condition, now);
      });
      const watched = await openPage(browser, site.server.url, {
        viewport: { width: WIDTH, height: 800 },
      });
      const { page, troubles } = watched;
      await open(page, site.server.url, 'overview');
      await page.locator('.chip[data-surface="nav"]:not([data-state="waiting"])').first().waitFor();
      for (const view of views) {
        await show(page, view);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(WIDTH);
      }
      expect(troubles).toEqual([]);
      await watched.close();
      await site.close();
    },
  );
});
