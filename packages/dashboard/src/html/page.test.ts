import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { registry, stateNames } from '@hedge-telemetry/contract';
import type { Reading } from '@hedge-telemetry/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applyCondition, conditions, expectedStates, writeHealthy } from '../../test/conditions.js';
import { get, getJson, plainText, stateCells } from '../../test/get.js';
import { createBench } from '../../test/server.js';
import type { ColumnsAnswer, LedgerAnswer, SurfaceAnswer, SurfacesAnswer } from '../api/types.js';
import type { Dashboard } from '../server/dashboard.js';
import { isKnown, isReading } from '../view/reading.js';
import { stateWords } from '../view/states.js';

const bench = createBench();
const UNKNOWN: ReadonlySet<string> = new Set(['absent', 'never', 'invalid', 'unreadable']);
/** What a page may say only where the data says it. */
const CLAIM = /\bOK\b|\bNORMAL\b|\bflat\b|no open positions|^(0|0\.0+|\$0)( |$)|^empty/i;

/** Every leaf of a tree of readings. */
function leaves(node: unknown): Reading<unknown>[] {
  if (isReading(node)) return [node, ...(isKnown(node) ? leaves(node.value) : [])];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [];
}

function sectionOf(html: string, id: string): string {
  return new RegExp(`<section id="${id}">[^]*?</section>`).exec(html)?.[0] ?? '';
}

describe.each(conditions)('where surfaces are %s', (condition) => {
  let dashboard: Dashboard;
  const applied: string[] = [];

  beforeAll(async () => {
    const dir = await bench.directory();
    const now = Date.now() / 1000;
    await writeHealthy(dir, now);
    for (const surface of stateNames) if (await applyCondition(dir, surface, condition, now)) applied.push(surface);
    dashboard = await bench.serve({ dir });
  });

  afterAll(() => bench.dispose());

  it.each(stateNames)('the API says no more than the data: %s', async (surface) => {
    if (!applied.includes(surface)) return;
    const { surface: shown } = await getJson<SurfaceAnswer>(dashboard.url, `/api/v1/surfaces/${surface}`);
    expect(expectedStates(condition)).toContain(shown.state);
    for (const reading of leaves(shown.readings)) {
      if (UNKNOWN.has(reading.state)) expect(reading.value).toBeNull();
      if (condition === 'stale' || condition === 'future clock') expect(reading.state).not.toBe('fresh');
    }
  });

  it('the page says no more than the data, in every section', async () => {
    const { status, text } = await get(dashboard.url, '/');
    expect(status).toBe(200);
    expect(applied.length).toBeGreaterThan(8);
    for (const cell of stateCells(text)) {
      if (!UNKNOWN.has(cell.state)) continue;
      expect(cell.text).not.toMatch(CLAIM);
      expect(cell.text).toContain(stateWords[cell.state as 'absent'].word);
    }
    for (const surface of applied) {
      const section = sectionOf(text, `surface-${surface}`);
      const states = expectedStates(condition).map((state) => `data-state="${state}"`);
      expect(states.some((each) => section.includes(each))).toBe(true);
      for (const cell of stateCells(section))
        if (cell.state === 'stale' || cell.state === 'skewed')
          expect(cell.text).toMatch(new RegExp(`${stateWords[cell.state].word}|not known`));
    }
    if (!applied.includes('positions') || condition === 'newer minor') return;
    if (!expectedStates(condition).includes('fresh')) expect(plainText(text)).not.toMatch(/Flat: no open positions/);
  });
});

describe('positions', () => {
  afterEach(() => bench.dispose());

  it.each([
    ['fresh', 2, /Flat: no open positions\./, null],
    ['stale', 900, /whether that still holds is not known/, /Flat/],
  ])('that are empty and %s', async (_state, age, wanted, unwanted) => {
    const dir = await bench.directory();
    const now = Date.now() / 1000;
    await writeHealthy(dir, now);
    await writeFile(join(dir, 'state/positions.json'), '[]');
    const synced = { items: [], nav: 1, engine_version: null, v6_flags: null, updated_at: now - age };
    await writeFile(join(dir, 'state/synced_state.json'), JSON.stringify(synced));
    const { url } = await bench.serve({ dir });
    const text = plainText((await get(url, '/')).text);
    expect(text).toMatch(wanted);
    if (unwanted !== null) expect(text).not.toMatch(unwanted);
  });
});

describe('the page of an empty directory', () => {
  afterEach(() => bench.dispose());

  it('claims nothing at all', async () => {
    const { url } = await bench.serve({ dir: await bench.directory() });
    const { text } = await get(url, '/');
    const cells = stateCells(text);
    expect(cells.length).toBeGreaterThan(100);
    for (const cell of cells)
      expect([cell.state, cell.text]).toEqual([
        expect.stringMatching(/never|absent/),
        expect.not.stringMatching(CLAIM),
      ]);
    expect(plainText(text)).not.toMatch(/Flat|no open positions|\bOK\b|0\.00/);
    expect(plainText(text)).toContain('environment not reported');
  });
});

describe('strings from files', () => {
  afterEach(() => bench.dispose());

  it.each([
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "'-alert(1)-'",
    '</td></table><h1>NAV $0</h1>',
    '&lt;b&gt;',
    '${7*7}{{7*7}}',
  ])('are shown as they are spelled: %s', async (symbol) => {
    const dir = await bench.directory();
    const now = Date.now() / 1000;
    await writeHealthy(dir, now);
    await writeFile(
      join(dir, 'state/positions.json'),
      JSON.stringify([{ symbol, qty: 1, entryPrice: 1, mark_price: 1, leverage: 1, side: 'LONG', updated_ts: now }]),
    );
    await mkdir(join(dir, 'execution'), { recursive: true });
    await writeFile(
      join(dir, 'execution/events.jsonl'),
      `${JSON.stringify({ ts: new Date().toISOString(), type: 'order', symbol, qty: 1, price: 1, is_maker: null, slippage_bps: null, metadata: {} })}\n${symbol}\n`,
    );
    const { url } = await bench.serve({ dir });
    const { text, headers } = await get(url, '/');
    const section = sectionOf(text, 'surface-positions');
    expect(plainText(section)).toContain(symbol.replace(/\s+/g, ' '));
    expect(text).not.toMatch(/<img|<script>alert|<h1>NAV/);
    expect(plainText(sectionOf(text, 'ledger-events')).split(symbol).length).toBe(3);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('cannot hide or turn around what stands beside them', async () => {
    const dir = await bench.directory();
    const row = {
      symbol: 'BTC\u202eTDSU\u0000',
      qty: 1,
      entryPrice: 1,
      mark_price: 1,
      leverage: 1,
      side: 'LONG',
      updated_ts: Date.now() / 1000,
    };
    await mkdir(join(dir, 'state'));
    await writeFile(join(dir, 'state/positions.json'), JSON.stringify([row]));
    const { url } = await bench.serve({ dir });
    expect((await get(url, '/')).text).toContain('BTC\uFFFDTDSU\uFFFD');
  });
});

const corpus = resolve(process.env['TELEMETRY_CORPUS'] ?? join(import.meta.dirname, '../../../../../shared/corpus'));

describe.skipIf(!existsSync(join(corpus, 'real-state')))('a real executor', () => {
  afterEach(() => bench.dispose());

  it('is shown whole: positions, vetoes, orders and the NAV history', async () => {
    const { url } = await bench.serve({ dir: join(corpus, 'real-state') });
    const { surfaces, ledgers, status } = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
    expect(surfaces.map(({ state }) => state)).toEqual(surfaces.map(() => 'stale'));
    const positions = surfaces.find(({ name }) => name === 'positions')?.readings as Reading<unknown[]>;
    expect(positions).toMatchObject({ state: 'stale' });
    expect(positions.value).toHaveLength(7);
    expect(status.environment.name).toBe('TESTNET');
    expect(ledgers.find(({ name }) => name === 'orders_executed')).toMatchObject({ lines_seen: 13, lines_invalid: 0 });
    const page = (await get(url, '/')).text;
    expect(sectionOf(page, 'surface-positions').match(/<tr>/g)).toHaveLength(8);
    expect(plainText(sectionOf(page, 'vetoes'))).toMatch(/correlation_cap – – – 5 .*symbol_cap – – – 4/);
    expect(plainText(page)).toMatch(/Risk mode OK \(stale\) 355 d|Risk mode OK \(stale\) \d+ d/);
  });

  it('is shown with a month of orders, vetoes and NAV', async () => {
    const { url } = await bench.serve({ dir: join(corpus, 'real-logs') });
    const nav = await getJson<ColumnsAnswer>(url, '/api/v1/ledgers/nav_history?fields=ts,nav_total');
    expect([nav.file, nav.count, nav.invalid]).toEqual(['nav_log.json', 720, 0]);
    const vetoes = await getJson<ColumnsAnswer>(url, '/api/v1/ledgers/risk_vetoes?fields=ts,veto_reason,symbol');
    expect([vetoes.count, vetoes.invalid, new Set(vetoes.columns['veto_reason']).size]).toEqual([
      935,
      0,
      expect.any(Number),
    ]);
    const orders = await getJson<LedgerAnswer>(url, '/api/v1/ledgers/orders_executed?limit=5000');
    expect(orders.entries).toHaveLength(1_580);
    expect(orders.entries.filter(({ record }) => record === null)).toEqual([]);
    const page = plainText((await get(url, '/')).text);
    expect(page).toMatch(/720 points from nav_log\.json/);
    expect(page).toMatch(/The 935 lines read are between/);
    expect(page).not.toMatch(/Flat|no open positions/);
  });
});

describe('the table of surfaces', () => {
  afterEach(() => bench.dispose());

  it('has every declared field of every surface', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { url } = await bench.serve({ dir });
    const { text } = await get(url, '/');
    for (const name of stateNames) {
      const section = sectionOf(text, `surface-${name}`);
      for (const [key, field] of Object.entries(registry[name].root.fields ?? {}))
        if (key !== 'schema' && field.kind === 'scalar') expect(section, `${name} ${key}`).toContain(`>${key}<`);
    }
  });
});
