import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWriter } from '@hedge-telemetry/writer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startDashboard } from '../../src/index.js';
import { writeHealthy } from '../conditions.js';
import { describeInBrowser, launch, open, openPage, show } from './browser.js';
import type { WatchedPage } from './browser.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';
import type { Site } from './site.js';

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

describeInBrowser('the page', () => {
  it('shows what the writer publishes without being loaded again', async () => {
    const { page } = watched;
    await open(page, site.server.url, 'overview');
    const writer = createWriter({ dir: site.dir });
    const { ok } = writer.publish('nav', { ...nav, nav_total: 12_345.67, updated_at: new Date() });
    expect(ok).toBe(true);
    await page.locator('[data-of="nav:/nav_total"]', { hasText: '12,345.67' }).waitFor();
    writer.append('events', { ...fill, symbol: 'FRESHUSDT' });
    await page.locator('[data-panel="recent"]', { hasText: 'FRESHUSDT' }).waitFor();
    await writer.close();
    expect(watched.troubles).toEqual([]);
  });

  it('shows strings of the telemetry as they are spelled and runs nothing of them', async () => {
    const { page } = watched;
    const hostile = '<img src=x onerror=alert(1)>';
    await appendFile(
      join(site.dir, 'execution/events.jsonl'),
      `${JSON.stringify({ ...fillRecord(), symbol: hostile })}\n`,
    );
    await writeFile(
      join(site.dir, 'state/positions.json'),
      JSON.stringify([{ ...position, symbol: hostile, updated_ts: Date.now() / 1000 }]),
    );
    await open(page, site.server.url, 'positions');
    await page.locator('tbody th', { hasText: hostile }).waitFor();
    await show(page, 'events');
    await page.locator('tr', { hasText: hostile }).waitFor();
    expect(await page.locator('#app img').count()).toBe(0);
    expect(watched.troubles).toEqual([]);
  });

  it('lets a value grow stale by itself while nothing arrives', async () => {
    const { page } = watched;
    await page.clock.install();
    await open(page, site.server.url, 'positions');
    await page.locator('[data-surface="positions"][data-state="fresh"]').waitFor();
    await page.context().setOffline(true);
    await page.clock.fastForward('06:00');
    await page.locator('[data-surface="positions"][data-state="stale"]').waitFor();
    await page.locator('[data-of="positions:/0/qty"][data-state="stale"]').waitFor();
  });

  it('keeps an error in one panel, names its surface, and leaves the rest standing', async () => {
    const { page } = watched;
    await page.addInitScript(() => {
      const parse = JSON.parse.bind(JSON);
      JSON.parse = (text: string) => {
        const value = parse(text) as { surface?: { name?: string; readings?: object } } | null;
        if (value?.surface?.name === 'positions' && value.surface.readings !== undefined) {
          Object.defineProperty(value.surface.readings, 'value', {
            get: () => {
              throw new Error('a row that cannot be drawn');
            },
          });
        }
        return value;
      };
    });
    await open(page, site.server.url, 'overview');
    const alert = page.locator('[data-panel="positions"] [role="alert"]');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/Positions cannot be shown.*positions.*a row that cannot be drawn/s);
    await page.locator('[data-of="nav:/nav_total"][data-state="fresh"]').waitFor();
    await show(page, 'risk');
    await page.locator('[data-of="risk_snapshot:/risk_mode"]').waitFor();
  });
});

describeInBrowser('for those who cannot see it', () => {
  it('the page says a change of state once', async () => {
    const { page } = watched;
    await open(page, site.server.url, 'overview');
    await page.waitForSelector('[data-worst="fresh"]');
    await page.evaluate(() => {
      const said: string[] = [];
      (globalThis as Record<string, unknown>)['said'] = said;
      const region = document.querySelector('p[role="status"]');
      if (region !== null)
        new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
          characterData: true,
          childList: true,
          subtree: true,
        });
    });
    await writeFile(join(site.dir, 'state/expectancy_v6.json'), '{');
    await page.waitForSelector('[data-worst="unreadable"]');
    await writeFile(join(site.dir, 'state/symbol_scores_v6.json'), '{');
    await page.waitForSelector('.chip[data-surface="expectancy_v6"][data-state="unreadable"]');
    await show(page, 'kpis');
    await page.waitForSelector('.chip[data-surface="symbol_scores_v6"][data-state="unreadable"]');
    expect(await page.evaluate(() => (globalThis as Record<string, unknown>)['said'])).toEqual([
      'Worst state of all surfaces: unreadable.',
    ]);
    expect(await page.title()).toMatch(/^unreadable/);
  });
});

describeInBrowser('a simulated executor', () => {
  it('is unmistakable on every view', async () => {
    const { page } = watched;
    const probe = {
      schema: 'v6_runtime_probe_v1',
      engine_version: 'paper-0.1.0',
      flags: {},
      environment: 'DEMO',
      ts: Date.now() / 1000,
    };
    await writeFile(join(site.dir, 'state/v6_runtime_probe.json'), JSON.stringify(probe));
    await open(page, site.server.url, 'overview');
    for (const view of [
      'overview',
      'nav',
      'positions',
      'risk',
      'router',
      'kpis',
      'events',
      'contract',
      'surface/nav',
    ]) {
      await show(page, view);
      await page.getByText('DEMO DATA').waitFor();
      await page.locator('[data-environment="DEMO"]').waitFor();
    }
  });
});

describeInBrowser('after the server was restarted', () => {
  it('the page holds every event once, those of the meantime included', async () => {
    const { page } = watched;
    const { port } = site.server;
    await open(page, site.server.url, 'events?ledger=events');
    await add(1, 5);
    await untilTold(page, 'mark-5');
    await site.server.close();
    await page.locator('[data-connection="lost"]').waitFor();
    await page.getByText('Connection lost.').first().waitFor();
    await add(6, 8);
    const second = await startDashboard({ dir: site.dir, port });
    await page.locator('[data-connection="live"]').waitFor();
    await add(9, 10);
    await untilTold(page, 'mark-10');
    const marks = await page.evaluate(() =>
      [...document.querySelectorAll('.event-list .detail')].flatMap(
        (cell) => /mark-\d+/.exec(cell.textContent ?? '')?.[0] ?? [],
      ),
    );
    await second.close();
    expect(marks).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => `mark-${number}`));
    expect(watched.troubles).toEqual([]);
  });
});

async function add(from: number, to: number): Promise<void> {
  const lines = Array.from({ length: to - from + 1 }, (_, index) => ({
    ...fillRecord(),
    metadata: { note: `mark-${from + index}` },
  }));
  await appendFile(join(site.dir, 'execution/events.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

async function untilTold(page: Page, text: string): Promise<void> {
  await page.locator('.event-list', { hasText: text }).waitFor();
}

const nav = {
  nav_total: 1,
  nav_age_s: 0,
  sources_ok: true,
  aum: { futures: 1, offexchange: {}, total: 1 },
  nav_health_snapshot: null,
};

const position = { symbol: 'BTCUSDT', qty: 0.5, entryPrice: 100, mark_price: 110, leverage: 3, side: 'LONG' };

const fill = {
  type: 'fill',
  symbol: 'BTCUSDT',
  qty: 0.003,
  price: 90_210,
  is_maker: true,
  slippage_bps: -0.4,
  metadata: {},
} as const;

function fillRecord(): object {
  return { schema: 'events_v1', ts: new Date().toISOString(), ...fill };
}
