import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, keep, launch, open, openPage, show } from './browser.js';
import type { WatchedPage } from './browser.js';
import { writeDay } from './history.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';
import type { Site } from './site.js';

const views = [
  'overview',
  'nav',
  'positions',
  'risk',
  'router',
  'kpis',
  'events',
  'contract',
  'surface/risk_snapshot',
  'surface/events',
];

let browser: Browser;
let site: Site;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
  site = await serveNew((dir) => writeDay(dir, Date.now() / 1000));
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describeInBrowser.each(['dark', 'light'] as const)('in the %s theme, every view', (theme) => {
  let watched: WatchedPage;

  beforeAll(async () => {
    // The scripts of axe-core are put into the page, which its policy forbids to all but a test.
    watched = await openPage(browser, site.server.url, { colorScheme: theme, bypassCSP: true });
    await watched.page.addInitScript(() => localStorage.setItem('hedge-telemetry', '{"range":"24h"}'));
    await open(watched.page, site.server.url, 'overview');
    await watched.page.waitForSelector('canvas');
  });

  afterAll(() => watched.close());

  it.each(views)('has no accessibility violation: %s', async (view) => {
    const { page } = watched;
    await page.setViewportSize({ width: 1280, height: 900 });
    await show(page, view);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    await keep(page, `${view.replace('/', '-')}-${theme}`);
  });

  it('has no accessibility violation with the classic palette either', async () => {
    const { page } = watched;
    await show(page, 'overview');
    await page.keyboard.press('c');
    expect(await violations(page)).toEqual([]);
    await keep(page, `overview-${theme}-classic`);
  });

  it('asks no other host for anything and raises no error', () => {
    expect(watched.troubles).toEqual([]);
  });
});

describeInBrowser('every view', () => {
  it.each([360, 3840])('fits %i pixels without scrolling sideways', async (width) => {
    const watched = await openPage(browser, site.server.url, { viewport: { width, height: 900 } });
    const { page } = watched;
    await open(page, site.server.url, 'overview');
    for (const view of views.toReversed()) {
      await show(page, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(width);
    }
    await keep(page, `overview-${width}`);
    expect(watched.troubles).toEqual([]);
    await watched.close();
  });
});

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ content: axe.source });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    const { violations: found } = await axe.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`),
    );
  });
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
}
