import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeHealthy } from '../conditions.js';
import { describeInBrowser, launch, open, openPage } from './browser.js';
import { ensurePage } from './page-built.js';
import { serveNew } from './site.js';
import type { Site } from './site.js';

let browser: Browser;
let site: Site;

beforeAll(async () => {
  await ensurePage();
  browser = await launch();
  site = await serveNew((dir) => writeHealthy(dir, Date.now() / 1000));
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describeInBrowser('a surface that the page has never heard of', () => {
  it('is shown from its schema the day that the server declares it', async () => {
    const { page, troubles } = await openPage(browser, site.server.url);
    await page.addInitScript(() => {
      const Native = globalThis.EventSource;
      globalThis.EventSource = class extends Native {
        constructor(url: string | URL) {
          super(url);
          (globalThis as Record<string, unknown>)['stream'] = this;
        }
      };
    });
    await page.route('**/api/v1/surfaces', async (request) => {
      const response = await request.fetch();
      const answer = (await response.json()) as { contract: object[] };
      await request.fulfill({ response, json: { ...answer, contract: [...answer.contract, basisContract] } });
    });
    await open(page, site.server.url, 'kpis');
    const panel = page.locator('[data-panel="surface-basis_v1"]');
    await panel.waitFor();
    const data = JSON.stringify({ now: Date.now() / 1000, surface: basisSurface(Date.now() / 1000) });
    await page.evaluate((text) => {
      ((globalThis as Record<string, unknown>)['stream'] as EventSource).dispatchEvent(
        new MessageEvent('surface', { data: text }),
      );
    }, data);
    await panel.getByText('12.50').waitFor();
    expect(await panel.locator('thead').innerText()).toMatch(/symbol\s+basis_bps bps/);
    expect(await panel.locator('[data-of="basis_v1:/venue"]').innerText()).toMatch(/not reported/);
    expect(troubles).toEqual([]);
  });
});

const scalar = (type: string, unit: string): object => ({
  kind: 'scalar',
  type,
  unit,
  nullable: true,
  description: type,
});

const basisContract = {
  name: 'basis_v1',
  kind: 'state',
  file: 'state/basis_v1.json',
  title: 'Basis',
  description: 'Perpetual against spot.',
  status: 'experimental',
  owner: 'intel',
  writer: 'The intel layer.',
  cadence: 'Hourly.',
  stale_after_s: 60,
  version: '1.0.0',
  schema_tag: 'basis_v1_v1',
  sensitivity: 'internal',
  age_pointer: '/ts',
  root: {
    kind: 'object',
    nullable: false,
    description: 'Basis.',
    fields: {
      venue: scalar('string', 'none'),
      rows: {
        kind: 'array',
        nullable: false,
        description: 'One a symbol.',
        items: {
          kind: 'object',
          nullable: false,
          description: 'Basis of a symbol.',
          fields: { symbol: scalar('string', 'none'), basis_bps: scalar('number', 'bps') },
        },
      },
    },
  },
};

function basisSurface(now: number): object {
  const fresh = (value: unknown): object => ({ state: 'fresh', value, age_s: 0 });
  return {
    name: 'basis_v1',
    file: 'state/basis_v1.json',
    state: 'fresh',
    timestamp: now,
    age_s: 0,
    content_age_s: 0,
    stale_after_s: 60,
    read_at: now,
    version_seen: 'basis_v1_v1',
    version: '1.0.0',
    version_expected: '1.0.0',
    dialect: 'canonical',
    valid: true,
    findings: [],
    finding_count: 0,
    quarantine: { count: null, records: [] },
    readings: {
      venue: { state: 'absent', value: null, age_s: 0 },
      rows: fresh([{ symbol: fresh('BTCUSDT'), basis_bps: fresh(12.5) }]),
    },
  };
}
