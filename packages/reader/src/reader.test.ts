import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry, stateNames } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReader } from './reader.js';
import type { Reader } from './reader.js';

const NOW = 1_764_000_000;
const NAV = {
  nav_total: 10_250.5,
  nav_age_s: 1.5,
  sources_ok: true,
  aum: { futures: 10_250.5, offexchange: {}, total: 10_250.5 },
  nav_health_snapshot: null,
  updated_at: NOW - 10,
};
const ROW = { symbol: 'BTCUSDT', qty: 0.5, entryPrice: 80_000, mark_price: 81_000, leverage: 4, side: 'LONG' };

let dir: string;
let reader: Reader;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reader-'));
  await mkdir(join(dir, 'state'));
  reader = createReader({ dir, now: () => NOW });
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function put(surface: string, document: unknown): Promise<void> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  await writeFile(join(dir, 'state', `${surface}.json`), text);
}

function rulesOf(reading: { findings: readonly { rule: string }[] }): string[] {
  return reading.findings.map(({ rule }) => rule);
}

describe('read', () => {
  it('calls a document fresh while it is younger than stale_after', async () => {
    await put('nav', NAV);
    const nav = await reader.read('nav');
    expect(nav).toMatchObject({
      surface: 'nav',
      file: join(dir, 'state/nav.json'),
      state: 'fresh',
      value: NAV,
      age_s: 10,
      timestamp: NOW - 10,
      version: registry.nav.version,
      dialect: 'canonical',
      findings: [],
    });
    expect(nav.readings.nav_total).toEqual({ state: 'fresh', value: 10_250.5, age_s: 10 });
  });

  it('calls a document stale when it is older, and keeps its values', async () => {
    await put('nav', { ...NAV, updated_at: NOW - 3_601 });
    const nav = await reader.read('nav');
    expect(nav).toMatchObject({ state: 'stale', age_s: 3_601, value: { nav_total: 10_250.5 } });
    expect(nav.readings.nav_total).toEqual({ state: 'stale', value: 10_250.5, age_s: 3_601 });
    expect(rulesOf(nav)).toEqual(['document-stale']);
  });

  it('calls a document skewed when its timestamp lies in the future', async () => {
    await put('nav', { ...NAV, updated_at: NOW + 60 });
    const nav = await reader.read('nav');
    expect(nav).toMatchObject({ state: 'skewed', age_s: -60 });
    expect(nav.readings.nav_total.state).toBe('skewed');
    expect(rulesOf(nav)).toEqual(['timestamp-future']);
  });

  it('calls a surface without a file never, and every field of it', async () => {
    const nav = await reader.read('nav');
    const never = { state: 'never', value: null, age_s: null };
    expect(nav).toMatchObject({
      state: 'never',
      value: null,
      age_s: null,
      timestamp: null,
      version: null,
      dialect: null,
    });
    expect(nav.readings.nav_total).toEqual(never);
    expect(nav.readings.aum.total).toEqual(never);
    expect((await reader.read('positions')).readings).toEqual(never);
    expect(rulesOf(nav)).toEqual(['file-missing']);
  });

  it('calls a document invalid when it breaks the contract, yet reads the fields that nothing is wrong with', async () => {
    await put('nav', { ...NAV, nav_total: 'a lot' });
    const nav = await reader.read('nav');
    expect(nav).toMatchObject({ state: 'invalid', value: null, age_s: 10, dialect: 'canonical' });
    expect(nav.readings.nav_total).toEqual({ state: 'invalid', value: null, age_s: 10, raw: 'a lot' });
    expect(nav.readings.sources_ok).toEqual({ state: 'fresh', value: true, age_s: 10 });
    expect(nav.findings).toMatchObject([
      { rule: 'type-mismatch', pointer: '/nav_total', surface: 'nav', file: join(dir, 'state/nav.json') },
    ]);
  });

  it('calls every field invalid where the shape is not known', async () => {
    await put('nav', { hello: 'world' });
    const nav = await reader.read('nav');
    expect(nav).toMatchObject({ state: 'invalid', value: null, dialect: null, version: null });
    expect(nav.readings.nav_total).toEqual({ state: 'invalid', value: null, age_s: null });
    expect(rulesOf(nav)).toEqual(['unrecognised-shape']);
  });

  it.each([
    ['torn', '{"nav_total": 10250.', 'json-syntax'],
    ['empty', '', 'json-syntax'],
    ['NaN', '{"nav_total": NaN}', 'json-syntax'],
    ['too deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'json-depth'],
    ['a byte order mark', `\uFEFF${JSON.stringify(NAV)}`, 'json-encoding'],
  ])('calls a document unreadable when it is %s', async (_name, text, rule) => {
    await put('nav', text);
    const nav = await reader.read('nav');
    expect(nav).toMatchObject({ state: 'unreadable', value: null, age_s: null });
    expect(nav.readings.nav_total).toEqual({ state: 'unreadable', value: null, age_s: null });
    expect(rulesOf(nav)).toEqual([rule]);
  });

  it('calls a document unreadable when its bytes are not UTF-8', async () => {
    await writeFile(join(dir, 'state/nav.json'), Buffer.from([0x7b, 0xff, 0x7d]));
    expect(await reader.read('nav')).toMatchObject({ state: 'unreadable', findings: [{ rule: 'json-encoding' }] });
  });

  it('tells null, absent and zero apart', async () => {
    await put('nav', { ...NAV, nav_total: 0, sources_ok: null });
    const { value, readings } = await reader.read('nav');
    expect(readings.nav_total).toEqual({ state: 'fresh', value: 0, age_s: 10 });
    expect(readings.sources_ok).toEqual({ state: 'absent', value: null, age_s: 10 });
    expect(readings.nav_detail.source).toEqual({ state: 'absent', value: null, age_s: 10 });
    expect(value?.sources_ok).toBeNull();
    expect(value).not.toHaveProperty('nav_detail');
  });

  it('keeps undeclared fields and mentions them', async () => {
    await put('nav', { ...NAV, moon_phase: 'waxing' });
    const nav = await reader.read('nav');
    expect(nav.state).toBe('fresh');
    expect(nav.value).toHaveProperty('moon_phase', 'waxing');
    expect(nav.findings).toMatchObject([{ rule: 'undeclared-field', level: 'info', pointer: '/moon_phase' }]);
  });

  it('measures age from the document and not from the file', async () => {
    await put('nav', { ...NAV, updated_at: NOW - 7_200 });
    await utimes(join(dir, 'state/nav.json'), NOW, NOW);
    expect(await reader.read('nav')).toMatchObject({ state: 'stale', age_s: 7_200 });
    await put('nav', NAV);
    await utimes(join(dir, 'state/nav.json'), 0, 0);
    expect(await reader.read('nav')).toMatchObject({ state: 'fresh', age_s: 10 });
  });

  it('takes the age of the balances behind a NAV into account', async () => {
    await put('nav', { ...NAV, nav_age_s: 4_000 });
    expect(await reader.read('nav')).toMatchObject({ state: 'stale', age_s: 10 });
  });

  it('takes the wall clock when it is given none', async () => {
    await put('nav', { ...NAV, updated_at: Date.now() / 1000 });
    expect((await createReader({ dir }).read('nav')).state).toBe('fresh');
  });
});

describe('the age of positions', () => {
  const synced = { items: [], nav: 1, engine_version: null, v6_flags: null, updated_at: NOW - 20 };

  it('comes from the newest row', async () => {
    await put('positions', [
      { ...ROW, updated_ts: NOW - 30 },
      { ...ROW, symbol: 'ETHUSDT', updated_ts: NOW - 5 },
    ]);
    expect(await reader.read('positions')).toMatchObject({ state: 'fresh', age_s: 5, timestamp: NOW - 5 });
  });

  it('comes from synced_state when the account is flat in both', async () => {
    await put('positions', []);
    await put('synced_state', synced);
    const positions = await reader.read('positions');
    expect(positions).toMatchObject({ state: 'fresh', value: [], age_s: 20, timestamp: NOW - 20, findings: [] });
    expect(positions.readings).toEqual({ state: 'fresh', value: [], age_s: 20 });
  });

  it('comes from synced_state when rows without a time are the same in both', async () => {
    await put('positions', [ROW]);
    await put('synced_state', { ...synced, items: [{ ...ROW, mark_price: 82_000 }] });
    expect(await reader.read('positions')).toMatchObject({ state: 'fresh', age_s: 20 });
  });

  it('is stale when synced_state is', async () => {
    await put('positions', []);
    await put('synced_state', { ...synced, updated_at: NOW - 301 });
    expect(await reader.read('positions')).toMatchObject({ state: 'stale', age_s: 301 });
  });

  it.each<[string, unknown]>([
    ['is missing', undefined],
    ['is torn', '{"items": ['],
    ['holds other rows', { ...synced, items: [ROW] }],
    ['does not know the rows', { ...synced, items: null }],
    ['is invalid', { ...synced, nav: 'much' }],
  ])('is not known when synced_state %s', async (_name, companion) => {
    await put('positions', []);
    if (companion !== undefined) await put('synced_state', companion);
    const positions = await reader.read('positions');
    expect(positions).toMatchObject({ state: 'stale', value: [], age_s: null, timestamp: null });
    expect(rulesOf(positions)).toEqual(['age-unknown']);
  });

  it.each([
    ['quantity', { qty: 0.25 }],
    ['side', { side: 'SHORT' }],
    ['symbol', { symbol: 'ETHUSDT' }],
  ])('is not known when a %s differs in synced_state', async (_name, change) => {
    await put('positions', [ROW]);
    await put('synced_state', { ...synced, items: [{ ...ROW, ...change }] });
    expect(await reader.read('positions')).toMatchObject({ state: 'stale', age_s: null });
  });
});

describe('readAll', () => {
  it('reads every state surface in the order of the registry', async () => {
    await put('nav', NAV);
    const readings = await reader.readAll();
    expect(readings.map(({ surface }) => surface)).toEqual([...stateNames]);
    expect(readings.filter(({ state }) => state !== 'never').map(({ surface }) => surface)).toEqual(['nav']);
  });

  it('calls everything never where the directory does not exist', async () => {
    const readings = await createReader({ dir: join(dir, 'nowhere') }).readAll();
    expect(new Set(readings.map(({ state }) => state))).toEqual(new Set(['never']));
  });
});
