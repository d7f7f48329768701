import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, it } from 'vitest';
import { startDashboard } from '../../src/index.js';
import { writeHealthy } from '../conditions.js';
import { describeInBrowser, launch, openPage } from './browser.js';
import type { WatchedPage } from './browser.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';
import type { Site } from './site.js';

const HISTORY = '**/api/v1/ledgers/events?*';

let browser: Browser;
let site: Site;
let watched: WatchedPage;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  site = await serveNew((dir) => writeHealthy(dir, Date.now() / 1000));
  watched = await openPage(browser, site.server.url);
});

afterEach(async () => {
  await watched.close();
  await site.close();
});

describeInBrowser('the history of a ledger', () => {
  it('is loaded again where it could not be, without anybody asking', async () => {
    const { page } = watched;
    let asked = 0;
    await page.route(HISTORY, (route) => ((asked += 1) === 1 ? route.abort() : route.continue()));
    await page.goto(`${site.server.url}#/events?ledger=events`);
    await page.getByText('Older lines cannot be loaded').waitFor();
    await page.locator('.event-list tbody tr').first().waitFor();
    await page.getByText('This is where the ledger begins.').waitFor();
  });

  it('is loaded at once where the reader asks', async () => {
    const { page } = watched;
    let isRefused = true;
    await page.route(HISTORY, (route) => (isRefused ? route.abort() : route.continue()));
    await page.goto(`${site.server.url}#/events?ledger=events`);
    await page.getByText('Older lines cannot be loaded').waitFor();
    isRefused = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.event-list tbody tr').first().waitFor();
  });

  it('is taken although the stream was opened again before it came', async () => {
    const { page } = watched;
    const { port } = site.server;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(HISTORY, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`${site.server.url}#/events?ledger=events`);
    await page.locator('[data-connection="live"]').waitFor();
    await site.server.close();
    await page.locator('[data-connection="lost"]').waitFor();
    const second = await startDashboard({ dir: site.dir, port });
    await page.locator('[data-connection="live"]').waitFor();
    release();
    await page.locator('.event-list tbody tr').first().waitFor();
    await second.close();
  });
});
