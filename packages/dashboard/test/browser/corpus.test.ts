import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDashboard } from '../../src/index.js';
import type { Dashboard } from '../../src/index.js';
import { describeInBrowser, keep, launch, open, openPage, show } from './browser.js';
import { ensurePage } from './page-built.js';

const corpus =
  process.env['TELEMETRY_CORPUS'] ?? fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));

(existsSync(corpus) ? describeInBrowser : describe.skip)('of what real executors wrote', () => {
  let browser: Browser;

  beforeAll(async () => {
    await ensurePage();
    browser = await launch();
  });

  afterAll(() => browser?.close());

  it('the state is shown whole: seven positions, old as they are', async () => {
    await onCorpus('real-state', async (page) => {
      await show(page, 'positions');
      await page.locator('[data-panel="positions"] tfoot', { hasText: '7 open' }).waitFor();
      expect(await page.locator('[data-panel="positions"] tbody tr').count()).toBe(7);
      expect(await page.locator('[data-panel="positions"] [data-state="fresh"]').count()).toBe(0);
      await keep(page, 'corpus-positions');
      await show(page, 'contract');
      await page.locator('[data-panel="contract"] tr', { hasText: 'kpis_v7' }).getByText('v7-sync').waitFor();
    });
  });

  it('the logs are shown whole: vetoes, orders and the curve of NAV', async () => {
    await onCorpus('real-logs', async (page) => {
      await show(page, 'risk');
      await page
        .locator('[data-panel="vetoes"] .chart-summary', { hasText: '935 vetoes; most often leverage_cap' })
        .waitFor();
      await show(page, 'nav');
      await page.locator('[data-panel="nav"] .chart-summary', { hasText: '720 points' }).waitFor();
      await page.waitForSelector('[data-panel="nav"] canvas');
      await keep(page, 'corpus-nav');
      await show(page, 'events');
      await page.locator('[data-panel="events"]', { hasText: 'orders_executed' }).waitFor();
      await page.getByText('200 lines').waitFor();
      await page.getByRole('button', { name: 'Show 100 more' }).click();
      await page.getByRole('button', { name: 'Load older lines' }).click();
      await page.getByText('400 lines').waitFor();
      expect(await page.locator('.event-list .event-order_fill').count()).toBeGreaterThan(0);
      await keep(page, 'corpus-orders');
    });
  });

  async function onCorpus(name: string, look: (page: Page) => Promise<void>): Promise<void> {
    const server: Dashboard = await startDashboard({ dir: `${corpus}/${name}` });
    const watched = await openPage(browser, server.url);
    await watched.page.addInitScript(() => localStorage.setItem('hedge-telemetry', '{"range":"all"}'));
    try {
      await open(watched.page, server.url, 'overview');
      await look(watched.page);
      expect(watched.troubles).toEqual([]);
    } finally {
      await watched.close();
      await server.close();
    }
  }
});
