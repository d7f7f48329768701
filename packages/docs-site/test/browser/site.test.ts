import { pathToFileURL } from 'node:url';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInBrowser, launch, openPage } from '../../../dashboard/test/browser/browser.js';
import { serveNew } from '../../../dashboard/test/browser/site.js';
import type { Site } from '../../../dashboard/test/browser/site.js';
import { built, fixture, removeSites, repositoryDocs } from '../pages.js';
import type { TestSite } from '../pages.js';
import { ensureScript } from '../script-built.js';

/** One page of each kind. */
const kinds = [
  'index.html',
  'mirror.html',
  'surfaces/risk_snapshot.html',
  'ledgers/events.html',
  'rules/index.html',
  'rules/out-of-range.html',
  'index/fields.html',
  'no/such/page.html',
];

let browser: Browser;
let site: TestSite;
let served: Site;

beforeAll(async () => {
  ensureScript();
  browser = await launch();
  site = built(fixture);
  served = await serveNew(() => Promise.resolve(), { docsDir: site.dir });
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  removeSites();
});

describeInBrowser.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  it.each(kinds)('%s has no accessibility violation and asks no other host for anything', async (page) => {
    const { watched, url } = await docsPage(page, { colorScheme: theme, bypassCSP: true });
    expect(await violations(watched.page), url).toEqual([]);
    await watched.page.keyboard.press('/');
    await watched.page.keyboard.type('drawdown');
    await watched.page.waitForSelector('[role="option"]');
    await watched.page.keyboard.press('ArrowDown');
    expect(await violations(watched.page), `${url}, searching`).toEqual([]);
    expect(notExpected(watched.troubles, page)).toEqual([]);
    await watched.close();
  });
});

describeInBrowser('every page', () => {
  it.each([360, 768, 1440, 3840])('fits %i pixels without scrolling sideways', async (width) => {
    for (const page of kinds) {
      const { watched } = await docsPage(page, { viewport: { width, height: 900 } });
      expect(await watched.page.evaluate(() => document.documentElement.scrollWidth), page).toBeLessThanOrEqual(width);
      await watched.close();
    }
  });

  it('can be read and left without scripts', async () => {
    const { watched } = await docsPage('mirror.html', { javaScriptEnabled: false });
    expect(await watched.page.isVisible('[role="search"]')).toBe(false);
    await watched.page.click('#_pages >> text=risk_snapshot');
    expect(watched.page.url()).toMatch(/surfaces\/risk_snapshot\.html$/);
    await watched.close();
  });

  it('skips to its text with the first Tab, and shows where the focus is', async () => {
    const { watched } = await docsPage('mirror.html');
    await watched.page.keyboard.press('Tab');
    expect(await watched.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text');
    const box = await watched.page.locator('.skip').first().boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(
      await watched.page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle),
    ).toBe('solid');
    await watched.page.keyboard.press('Enter');
    expect(await watched.page.evaluate(() => document.activeElement?.id)).toBe('_content');
    await watched.close();
  });

  it('prints its text alone', async () => {
    const { watched } = await docsPage('surfaces/risk_snapshot.html');
    await watched.page.emulateMedia({ media: 'print' });
    expect(await watched.page.isVisible('.top')).toBe(false);
    expect(await watched.page.isVisible('#_pages')).toBe(false);
    expect(await watched.page.isVisible('article table')).toBe(true);
    await watched.close();
  });
});

describe.each([
  ['served', (page: string) => new URL(`docs/${page}`, served.server.url).href],
  ['opened from disk', (page: string) => pathToFileURL(path.join(site.dir, page)).href],
])('the search box of a page %s', (_how, address) => {
  describeInBrowser('with the keyboard', () => {
    it('leads from a few words to the field, from any page', async () => {
      const watched = await openPage(browser, address(''));
      const { page, troubles } = watched;
      for (const start of ['index.html', 'rules/out-of-range.html']) {
        await page.goto(address(start));
        await page.keyboard.press('/');
        await page.keyboard.type('drawdown fraction');
        await page.waitForSelector('[role="option"]');
        await page.keyboard.press('ArrowDown');
        expect(await activeOption(page)).toContain('dd_frac');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/risk_snapshot.html#field-dd_frac');
        expect(await page.locator('tr:target').textContent()).toContain('Fall from the peak');
      }
      expect(troubles).toEqual([]);
      await watched.close();
    });

    it('opens the first result on Enter, also of the page itself', async () => {
      const watched = await openPage(browser, address(''));
      const { page } = watched;
      await page.goto(address('surfaces/risk_snapshot.html'));
      await page.keyboard.press('/');
      await page.keyboard.type('drawdown_pct');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/risk_snapshot.html#field-dd_frac');
      expect(await page.locator('[role="listbox"]').isVisible()).toBe(false);
      await watched.close();
    });
  });
});

describeInBrowser('the search box', () => {
  it('is a combobox: the arrows go round, Escape closes and empties, the count is said', async () => {
    const { watched } = await docsPage('mirror.html');
    const { page } = watched;
    const input = page.locator('[role="combobox"]');
    const list = page.locator('[role="listbox"]');
    await input.focus();
    await page.keyboard.type('qty');
    await page.waitForSelector('[role="option"]');
    const count = await page.locator('[role="option"]').count();
    expect(await input.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('[role="status"]').textContent()).toBe(`${count} results.`);
    expect(await activeOption(page)).toBeNull();
    await page.keyboard.press('ArrowUp');
    expect(await input.getAttribute('aria-activedescendant')).toBe(`_result-${count - 1}`);
    await page.keyboard.press('ArrowDown');
    expect(await input.getAttribute('aria-activedescendant')).toBe('_result-0');
    expect(await page.locator('[aria-selected="true"]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect([await list.isVisible(), await input.getAttribute('aria-expanded'), await input.inputValue()]).toEqual([
      false,
      'false',
      'qty',
    ]);
    await page.keyboard.press('Escape');
    expect(await input.inputValue()).toBe('');
    await page.keyboard.type('zebra');
    await page.waitForSelector('[role="status"].alone');
    expect(await page.locator('[role="status"]').textContent()).toBe('Nothing found.');
    expect(watched.troubles).toEqual([]);
    await watched.close();
  });

  it('loads the index when it is first used, and once', async () => {
    const { watched } = await docsPage('mirror.html');
    const scripts = (): Promise<number> => watched.page.locator('script[src$="search-index.js"]').count();
    expect(await scripts()).toBe(0);
    await watched.page.keyboard.press('/');
    await watched.page.keyboard.type('quarantine');
    await watched.page.waitForSelector('[role="option"]');
    expect(await scripts()).toBe(1);
    await watched.close();
  });

  it('opens the result that is clicked', async () => {
    const { watched } = await docsPage('index.html');
    await watched.page.fill('[role="combobox"]', 'out-of-range');
    await watched.page.click('[role="option"] >> nth=0');
    await watched.page.waitForURL('**/rules/out-of-range.html');
    await watched.close();
  });

  it('shows what is in the index as text', async () => {
    const { watched } = await docsPage('index.html');
    const { page } = watched;
    await page.evaluate(() => {
      const url = 'index.html';
      Object.defineProperty(globalThis, 'hedgeTelemetryDocs', {
        value: [
          { url, kind: '<b>k</b>', title: '<img src=x onerror=alert(1)>', page: '', aliases: '', unit: '', text: '' },
        ],
        writable: false,
      });
    });
    await page.fill('[role="combobox"]', 'img');
    expect(await page.locator('[role="option"] .title').textContent()).toBe('<img src=x onerror=alert(1)> ');
    expect(await page.locator('[role="option"] img').count()).toBe(0);
    expect(watched.troubles).toEqual([]);
    await watched.close();
  });
});

describeInBrowser('the documentation of this repository', () => {
  it('has no accessibility violation on the first page of each kind', async () => {
    const real = built(repositoryDocs);
    const server = await serveNew(() => Promise.resolve(), { docsDir: real.dir });
    const watched = await openPage(browser, server.server.url, { bypassCSP: true });
    const seen: string[] = [];
    for (const file of firstOfEachFolder(real.files)) {
      await watched.page.goto(new URL(`docs/${file}`, server.server.url).href);
      seen.push(...(await violations(watched.page)).map((each) => `${file}: ${each}`));
    }
    expect(seen).toEqual([]);
    expect(watched.troubles).toEqual([]);
    await watched.close();
    await server.close();
  });
});

function firstOfEachFolder(files: readonly string[]): string[] {
  const pages = files.filter((file) => file.endsWith('.html'));
  return pages.filter((page) => pages.find((other) => path.dirname(other) === path.dirname(page)) === page);
}

async function docsPage(
  page: string,
  options: Parameters<typeof openPage>[2] = {},
): Promise<{ watched: Awaited<ReturnType<typeof openPage>>; url: string }> {
  const watched = await openPage(browser, served.server.url, options);
  const url = new URL(`docs/${page}`, served.server.url).href;
  await watched.page.goto(url);
  return { watched, url };
}

function activeOption(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const id = document.querySelector('[role="combobox"]')?.getAttribute('aria-activedescendant');
    return id === null || id === undefined ? null : (document.getElementById(id)?.textContent ?? null);
  });
}

/** That a page is missing is an error on the console. */
function notExpected(troubles: readonly string[], page: string): string[] {
  return troubles.filter((each) => !(page.startsWith('no/') && each.includes('404')));
}

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
