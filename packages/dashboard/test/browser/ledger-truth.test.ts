import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerNames } from '@hedge-telemetry/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDashboard } from '../../src/index.js';
import { writeHealthyState } from '../conditions.js';
import { ledgerConditions, ledgerStates, putLedgers } from '../ledger-conditions.js';
import type { LedgerCondition } from '../ledger-conditions.js';
import { get, plainText } from '../get.js';
import { describeInBrowser, launch, open, openPage, show } from './browser.js';
import { ensurePage } from './page-built.js';

let browser: Browser;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
});

afterAll(() => browser?.close());

/** The panels that ledgers are shown in: the view, the panel, the ledger, and what it says where there is something. */
const panels = [
  { view: 'events', panel: 'events', ledger: 'events', holds: /FILLED|fill|order/i },
  { view: 'overview', panel: 'recent', ledger: 'events', holds: /fill|order/i },
  { view: 'risk', panel: 'vetoes', ledger: 'risk_vetoes', holds: /\d+ veto/ },
  { view: 'router', panel: 'router', ledger: 'order_metrics', holds: /\d+ order/ },
  { view: 'nav', panel: 'nav', ledger: 'nav_history', holds: /\d+ points?\./ },
] as const;

/** What a panel may say only of a ledger that was read and holds nothing. */
const NOTHING =
  /no veto is recorded|no event is on record|no line to show|no order with|no nav is recorded|ledger begins/i;

describeInBrowser('the page', () => {
  it.each(ledgerConditions)('tells the truth of ledgers that are %s, in every panel', async (condition) => {
    const dir = await mkdtemp(join(tmpdir(), 'dashboard-'));
    await writeHealthyState(dir, now());
    await putLedgers(dir, condition, now());
    const server = await startDashboard({ dir });
    const watched = await openPage(browser, server.url);
    const { page, troubles } = watched;
    try {
      await open(page, server.url, 'overview');
      for (const { view, panel, ledger, holds } of panels) {
        await show(page, view);
        const states = ledgerStates[condition];
        const chip = page.locator(`[data-panel="${panel}"] .chip[data-ledger="${ledger}"]`);
        await expect
          .poll(() => chip.getAttribute('data-state'), { message: `${view} ${ledger}` })
          .toBeOneOf([...states]);
        await untilLoaded(page, panel);
        const text = await page.locator(`[data-panel="${panel}"]`).innerText();
        expect(trouble(condition, text, holds), `${view} ${panel}: ${text}`).toBeNull();
      }
      await show(page, 'contract');
      for (const name of ledgerNames)
        await page.locator('[data-panel="contract"] tbody tr', { hasText: `${name} ledger` }).waitFor();
      const worst = await page.locator('[data-worst]').getAttribute('data-worst');
      expect(worst === 'unreadable').toBe(condition === 'unreadable');
      expect(troubles).toEqual([]);
      expect(serverTrouble(condition, plainText((await get(server.url, '/')).text))).toBeNull();
    } finally {
      await watched.close();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('follows a ledger from one condition to the next', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'dashboard-'));
    await writeHealthyState(dir, now());
    const server = await startDashboard({ dir });
    const watched = await openPage(browser, server.url);
    const { page, troubles } = watched;
    try {
      await open(page, server.url, 'risk');
      for (const condition of ['missing', 'unreadable', 'torn', 'healthy', 'unreadable', 'empty'] as const) {
        await putLedgers(dir, condition, now());
        const chip = page.locator('[data-panel="vetoes"] .chip[data-ledger="risk_vetoes"]');
        await expect
          .poll(() => chip.getAttribute('data-state'), { timeout: 20_000, message: condition })
          .toBeOneOf([...ledgerStates[condition], ...(condition === 'empty' ? ['fresh'] : [])]);
      }
      expect(troubles).toEqual([]);
    } finally {
      await watched.close();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    }
  });
});

async function untilLoaded(page: Page, panel: string): Promise<void> {
  await expect
    .poll(() => page.locator(`[data-panel="${panel}"]`).innerText(), { timeout: 20_000, message: panel })
    .not.toMatch(/being loaded/);
}

/** What a panel says that is not so; null where it tells the truth. */
function trouble(condition: LedgerCondition, text: string, holds: RegExp): string | null {
  if (condition === 'healthy') return holds.test(text) ? null : 'does not show what is there';
  if (condition === 'missing') {
    if (!/does not exist/.test(text)) return 'does not say that the ledger is missing';
    return NOTHING.test(text) ? 'says that nothing happened' : null;
  }
  if (condition === 'unreadable') {
    if (!/cannot be read/.test(text)) return 'does not say that the ledger cannot be read';
    return NOTHING.test(text) ? 'says that nothing happened' : null;
  }
  return /cannot be read|does not exist/.test(text) ? 'says that it is not there' : null;
}

function serverTrouble(condition: LedgerCondition, text: string): string | null {
  const vetoes = text.slice(text.indexOf('Vetoes'), text.indexOf('Contract health'));
  if (condition === 'missing') return vetoes.includes('never written') ? null : vetoes;
  if (condition === 'unreadable') return vetoes.includes('unreadable') ? null : vetoes;
  return vetoes.includes('Risk gates that refused') ? null : vetoes;
}

function now(): number {
  return Date.now() / 1000;
}
