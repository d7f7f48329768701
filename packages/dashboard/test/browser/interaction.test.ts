import { appendFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, launch, open, openPage, show } from './browser.js';
import type { WatchedPage } from './browser.js';
import { writeDay } from './history.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';
import type { Site } from './site.js';

let browser: Browser;
let site: Site;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
  site = await serveNew((dir) => writeDay(dir, Date.now() / 1000));
  watched = await openPage(browser, site.server.url);
  ({ page } = watched);
  await open(page, site.server.url, 'overview');
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describeInBrowser('keys', () => {
  it('lead to every view', async () => {
    const views = ['overview', 'nav', 'positions', 'risk', 'router', 'kpis', 'events', 'contract'];
    for (const [index, view] of views.entries()) {
      await page.keyboard.press(String(index + 1));
      await page.waitForSelector(`main[data-view="${view}"]`);
    }
  });

  it('open and close the help, which gives the focus back', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('change range, palette and clock, which the browser remembers', async () => {
    await show(page, 'nav');
    await page.keyboard.press(']');
    await page.getByRole('button', { name: '24 h', pressed: true }).waitFor();
    await page.keyboard.press('c');
    await page.keyboard.press('z');
    await page.getByRole('button', { name: /local$/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['palette'])).toBe('classic');
    expect(await page.evaluate(() => localStorage.getItem('hedge-telemetry'))).toBe(
      '{"theme":"system","palette":"classic","zone":"local","range":"24h"}',
    );
    await page.keyboard.press('c');
    await page.keyboard.press('z');
  });

  it('read the points of a chart one by one', async () => {
    await show(page, 'nav');
    const chart = page.locator('[data-panel="nav"] .chart-host');
    await page.waitForSelector('[data-panel="nav"] canvas');
    await chart.focus();
    await page.keyboard.press('Home');
    const first = await page.locator('[data-panel="nav"] .chart-reading').innerText();
    await page.keyboard.press('ArrowRight');
    const second = await page.locator('[data-panel="nav"] .chart-reading').innerText();
    expect(first).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · NAV [\d,.]+ · running peak [\d,.]+ · drawdown [\d.]+ %$/,
    );
    expect(second).not.toBe(first);
  });

  it('walk the rows of a table', async () => {
    await show(page, 'router');
    await page.locator('[data-panel="router"] tbody tr').first().focus();
    await page.keyboard.press('ArrowDown');
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll('[data-panel="router"] tbody tr')].indexOf(document.activeElement as Element),
      ),
    ).toBe(1);
  });
});

describeInBrowser('charts', () => {
  it('have a table with the same points and a summary in words, and leave gaps', async () => {
    await show(page, 'nav');
    await page.locator('[data-panel="nav"] .chart-summary', { hasText: '1,380 points' }).waitFor();
    await page.locator('[data-panel="nav"] .chart').getByRole('button', { name: 'Table' }).click();
    expect(await page.locator('[data-panel="nav"] .chart-table tbody tr').count()).toBeGreaterThan(100);
    expect(await page.locator('[data-panel="nav"] .chart-table caption').innerText()).toMatch(/newest 200 of/);
    await page.locator('[data-panel="nav"] .chart').getByRole('button', { name: 'Table' }).click();
  });

  it('count the vetoes of the range by reason and by symbol', async () => {
    await show(page, 'risk');
    await page.locator('[data-panel="vetoes"] .chart-summary', { hasText: '160 vetoes' }).first().waitFor();
    const sums = await page.evaluate(() =>
      [...document.querySelectorAll('[data-panel="vetoes"] .bars')].map((list) =>
        [...list.querySelectorAll('.bar-count')].reduce((sum, cell) => sum + Number(cell.textContent), 0),
      ),
    );
    expect(sums).toEqual([160, 160]);
  });
});

describeInBrowser('tables', () => {
  it('sort by a column, down, up and not at all', async () => {
    await show(page, 'contract');
    const names = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('[data-panel="contract"] tbody th')].map((cell) => cell.textContent ?? ''),
      );
    const head = page.locator('[data-panel="contract"] thead').getByRole('button', { name: 'Surface' });
    await head.click();
    expect(await names()).toEqual((await names()).toSorted().toReversed());
    await head.click();
    expect(await names()).toEqual((await names()).toSorted());
    expect(await page.locator('[data-panel="contract"] thead th').first().getAttribute('aria-sort')).toBe('ascending');
    await head.click();
    expect(await page.locator('[data-panel="contract"] thead th').first().getAttribute('aria-sort')).toBe('none');
  });
});

describeInBrowser('events', () => {
  it('are narrowed by type, maker and text, and the address says so', async () => {
    await show(page, 'events?ledger=events');
    const types = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.event-list tbody .type')].map((cell) => cell.textContent ?? ''),
      );
    expect(new Set(await types()).size).toBeGreaterThan(3);
    await page.getByLabel('Type').selectOption('fill');
    await page.waitForFunction(() => location.hash.includes('type=fill'));
    expect(new Set(await types())).toEqual(new Set(['fill']));
    await page.getByLabel('Type').selectOption('');
    await page.getByLabel('Maker').selectOption('taker');
    expect(new Set(await types())).toEqual(new Set(['router']));
    await page.getByLabel('Maker').selectOption('');
    await page.keyboard.press('Escape');
    await page.getByLabel('Text').fill('replaced by');
    expect(await types()).toEqual(['cancel']);
    await page.getByLabel('Text').fill('');
  });

  it('open to the whole line, which a permalink finds again', async () => {
    await show(page, 'events?ledger=events');
    await page.locator('.event-list tbody tr').first().click();
    const text = await page.locator('.event-detail pre').innerText();
    const link = await page.getByRole('link', { name: 'Permalink' }).getAttribute('href');
    await page.goto(`${site.server.url}${link ?? ''}`);
    await page.locator('.linked pre').waitFor();
    expect(await page.locator('.linked pre').innerText()).toBe(text);
  });

  it('stand still while paused and count what is new', async () => {
    await show(page, 'events?ledger=events');
    const count = await page.locator('.event-list tbody tr').count();
    await page.getByRole('button', { name: 'Pause' }).click();
    const record = {
      schema: 'events_v1',
      ts: new Date().toISOString(),
      type: 'refresh',
      symbol: null,
      qty: null,
      price: null,
      is_maker: null,
      slippage_bps: null,
      metadata: {},
    };
    await appendFile(`${site.dir}/execution/events.jsonl`, `${JSON.stringify(record)}\n${JSON.stringify(record)}\n`);
    await page.getByRole('button', { name: '2 new' }).waitFor();
    expect(await page.locator('.event-list tbody tr').count()).toBe(count);
    await page.getByRole('button', { name: '2 new' }).click();
    expect(await page.locator('.event-list tbody tr').count()).toBe(count + 2);
  });
});

describeInBrowser('all of that', () => {
  it('raises no error', () => {
    expect(watched.troubles).toEqual([]);
  });
});
