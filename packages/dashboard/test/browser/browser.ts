import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe } from 'vitest';

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** `describe` for what needs Chromium; skipped where there is none. */
export const describeInBrowser: typeof describe.skip = existsSync(executable) ? describe : describe.skip;

/** Screenshots and other results of a test run, for people to look at. */
const artefacts = fileURLToPath(new URL('../artefacts', import.meta.url));

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium: Debian's, or the one that the environment names. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: executable, args: flags });
}

/** A page that remembers what must never happen in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Exceptions, errors on the console, answers that are errors, and requests to any other host. */
  readonly troubles: string[];
  close(): Promise<void>;
}

/** How a browser tells of a request to a server that ends before, while or after it takes it. */
const SERVER_IS_GONE = ['ERR_CONNECTION_REFUSED', 'ERR_EMPTY_RESPONSE', 'ERR_INCOMPLETE_CHUNKED_ENCODING'];

/** Opens a page whose errors and requests are watched; failed requests to a server that is stopped on purpose are not errors. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !SERVER_IS_GONE.some((each) => message.text().includes(each)))
      troubles.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`answer: ${response.status()} to ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) troubles.push(`request: ${request.url()}`);
  });
  return { page, troubles, close: () => context.close() };
}

/** Goes to a view of the page and waits until it is drawn. */
export async function show(page: Page, view: string): Promise<void> {
  await page.evaluate(async (hash) => {
    location.hash = hash;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, `#/${view}`);
  await page.waitForSelector(`main[data-view="${view.split(/[/?]/)[0]}"]`);
}

/** Opens the page at a view and waits until what the server sent is on it. */
export async function open(page: Page, url: string, view: string): Promise<void> {
  await page.goto(`${url}#/${view}`);
  await page.waitForSelector('main[data-view]');
  await page.waitForSelector('[data-connection="live"]');
}

/** Keeps a screenshot for people to look at. */
export async function keep(page: Page, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await page.screenshot({ path: `${artefacts}/${name}.png` });
}
