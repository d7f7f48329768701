import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { writeHealthy } from '../../test/conditions.js';
import { get, getJson } from '../../test/get.js';
import { navLedger, navLine, range } from '../../test/records.js';
import { createBench } from '../../test/server.js';
import type {
  ColumnsAnswer,
  ErrorAnswer,
  HealthAnswer,
  LedgerAnswer,
  SurfaceAnswer,
  SurfacesAnswer,
} from '../api/types.js';

const bench = createBench();

afterEach(() => bench.dispose());

function navs({ entries }: LedgerAnswer): unknown[] {
  return entries.map(({ record }) => (record as { nav_total: unknown }).nav_total);
}

describe('/api/v1/surfaces', () => {
  it('holds every surface and ledger, and what the contract says of each', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { url } = await bench.serve({ dir });
    const answer = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
    expect(answer.surfaces.map(({ name, state, valid }) => [name, state, valid])).toEqual(
      stateNames.map((name) => [name, 'fresh', true]),
    );
    expect(answer.ledgers.map(({ name }) => name)).toEqual([...ledgerNames]);
    expect(answer.contract.map(({ name, root }) => [name, root.description])).toEqual(
      [...stateNames, ...ledgerNames].map((name) => [name, registry[name].root.description]),
    );
    expect(answer.status).toMatchObject({
      worst: 'fresh',
      environment: { name: 'TESTNET' },
      executor: { name: 'paper-1' },
      mirror: null,
    });
  });

  it('calls what does not exist never, and holds no value for it', async () => {
    const { url } = await bench.serve({ dir: await bench.directory() });
    const answer = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
    expect(new Set(answer.surfaces.map(({ state }) => state))).toEqual(new Set(['never']));
    expect(new Set(answer.ledgers.map(({ state }) => state))).toEqual(new Set(['never']));
    expect(answer.status).toMatchObject({ worst: 'never', environment: { name: 'UNKNOWN', evidence: null } });
    expect(JSON.stringify(answer.surfaces.map(({ readings }) => readings))).not.toMatch(/"value":[^n]/);
  });

  it('is read again when it is asked for', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { url } = await bench.serve({ dir });
    await writeFile(join(dir, 'state/nav.json'), '{"torn');
    const { surface } = await getJson<SurfaceAnswer>(url, '/api/v1/surfaces/nav');
    expect(surface).toMatchObject({
      state: 'unreadable',
      valid: false,
      timestamp: null,
      findings: [{ rule: 'json-syntax', file: 'state/nav.json' }],
    });
  });

  it('keeps integers that a number cannot hold', async () => {
    const dir = await bench.directory();
    await mkdir(join(dir, 'execution'), { recursive: true });
    await writeFile(
      join(dir, 'execution/events.jsonl'),
      '{"ts":"2026-03-14T09:26:53Z","type":"order","symbol":"A","qty":1,"price":1,"is_maker":null,"slippage_bps":null,"metadata":{},"order_id":9007199254740993017}\n',
    );
    const { url } = await bench.serve({ dir });
    const { entries } = await getJson<LedgerAnswer>(url, '/api/v1/ledgers/events');
    expect(entries).toMatchObject([{ record: { order_id: '9007199254740993017' } }]);
  });

  it('names the version that a document carries, known or not', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    await writeFile(join(dir, 'state/nav.json'), '{"schema":"nav_v9","net":1}');
    const { url } = await bench.serve({ dir });
    const nav = await getJson<SurfaceAnswer>(url, '/api/v1/surfaces/nav');
    expect(nav.surface).toMatchObject({
      state: 'invalid',
      version_seen: 'nav_v9',
      version_expected: registry.nav.version,
    });
  });
});

describe('/api/v1/ledgers', () => {
  it('pages backwards and forwards across rotated segments, plain and compressed', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 4);
    ledger.rotate('20261128T173555.123Z', true);
    ledger.append(5, 7);
    ledger.rotate('20261128T183555.123Z');
    ledger.append(8, 10);
    const { url } = await bench.serve({ dir });
    const path = '/api/v1/ledgers/nav_history';
    const newest = await getJson<LedgerAnswer>(url, `${path}?limit=4`);
    expect([navs(newest), newest.more]).toEqual([[7, 8, 9, 10], false]);
    const middle = await getJson<LedgerAnswer>(url, `${path}?limit=4&before=${newest.previous}`);
    expect(navs(middle)).toEqual([3, 4, 5, 6]);
    const oldest = await getJson<LedgerAnswer>(url, `${path}?limit=4&before=${middle.previous}`);
    expect([navs(oldest), oldest.previous]).toEqual([[1, 2], null]);
    const forward = await getJson<LedgerAnswer>(url, `${path}?limit=5&from=${middle.entries[0]?.id}`);
    expect([navs(forward), forward.more]).toEqual([[3, 4, 5, 6, 7], true]);
    const rest = await getJson<LedgerAnswer>(url, `${path}?limit=5&from=${forward.next}`);
    expect([navs(rest), rest.more]).toEqual([[8, 9, 10], false]);
    expect(navs(await getJson<LedgerAnswer>(url, `${path}?from=0`))).toEqual([8, 9, 10]);
  });

  it('gives columns since a time and before a position, nulls kept and broken lines counted', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 3);
    ledger.rotate('20261128T173555.123Z');
    ledger.append(4, 5);
    ledger.appendText('broken\n{"schema":"nav_history_v1","ts":1800000006,"nav_total":null}\n');
    const { url } = await bench.serve({ dir });
    const path = '/api/v1/ledgers/nav_history?fields=ts,nav_total,dd_pct';
    const all = await getJson<ColumnsAnswer>(url, path);
    expect(all).toMatchObject({
      columns: {
        ts: range(1, 6).map((each) => 1_800_000_000 + each),
        nav_total: [1, 2, 3, 4, 5, null],
        dd_pct: [null, null, null, null, null, null],
      },
      count: 6,
      invalid: 1,
      truncated: false,
    });
    expect((await getJson<ColumnsAnswer>(url, `${path}&since=1800000003`)).columns['nav_total']).toEqual([
      3,
      4,
      5,
      null,
    ]);
    expect(await getJson<ColumnsAnswer>(url, `${path}&limit=2`)).toMatchObject({
      columns: { nav_total: [5, null] },
      truncated: true,
    });
    const { entries } = await getJson<LedgerAnswer>(url, '/api/v1/ledgers/nav_history?from=0');
    const before = await getJson<ColumnsAnswer>(url, `${path}&before=${entries[1]?.id}`);
    expect(before).toMatchObject({ columns: { nav_total: [1, 2, 3, 4] }, next: entries[1]?.id });
  });

  it('finds a time in a long ledger without reading all of it', async () => {
    const dir = await bench.directory();
    navLedger(dir).appendText(range(1, 20_000).map(navLine).join(''));
    const { url } = await bench.serve({ dir });
    const path = '/api/v1/ledgers/nav_history?fields=nav_total&since=';
    for (const first of [1, 7_777, 19_990, 20_001]) {
      const { columns, count } = await getJson<ColumnsAnswer>(url, `${path}${1_800_000_000 + first}`);
      expect([count, columns['nav_total']?.[0]]).toEqual([20_001 - first, first > 20_000 ? undefined : first]);
    }
  });

  it('shows nav_log.json where there is no nav_history', async () => {
    const dir = await bench.directory();
    await writeFile(
      join(dir, 'nav_log.json'),
      JSON.stringify(range(1, 5).map((each) => ({ t: 1_764_000_000 + each, nav: each }))),
    );
    const { url } = await bench.serve({ dir });
    expect(await getJson<ColumnsAnswer>(url, '/api/v1/ledgers/nav_history?fields=ts,nav_total')).toMatchObject({
      file: 'nav_log.json',
      columns: { nav_total: [1, 2, 3, 4, 5] },
    });
    const page = await getJson<LedgerAnswer>(url, '/api/v1/ledgers/nav_history?limit=2');
    expect([page.file, navs(page), page.previous]).toEqual(['nav_log.json', [4, 5], 'a000000000000000.3']);
    const { ledgers } = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
    expect(ledgers.find(({ name }) => name === 'nav_history')).toMatchObject({
      file: 'nav_log.json',
      lines_seen: 5,
      state: 'stale',
    });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=5001', 'limit'],
    ['limit=x', 'limit'],
    ['before=12', 'before'],
    ['from=-1', 'from'],
    ['from=1&before=none.0', 'exclude'],
    ['since=soon', 'since'],
    ['fields=a..b', 'fields'],
    ['fields=ts&from=0', 'fields'],
    ['path=/etc/passwd', 'not known'],
    ['limit=1&limit=2', 'twice'],
  ])('says what is wrong with %s', async (query, word) => {
    const { url } = await bench.serve({ dir: await bench.directory() });
    const { status, text } = await get(url, `/api/v1/ledgers/events?${query}`);
    expect(status).toBe(400);
    expect((JSON.parse(text) as ErrorAnswer).error.message).toContain(word);
  });

  it('says that a position is gone', async () => {
    const dir = await bench.directory();
    navLedger(dir).append(1, 2);
    const { url } = await bench.serve({ dir });
    expect(await getJson(url, '/api/v1/ledgers/nav_history?before=0123456789abcdef.5')).toMatchObject({
      entries: [],
      previous: null,
      gone: true,
    });
  });
});

describe('the quarantine of a mirror', () => {
  it('is counted by surface, with the records', async () => {
    const dir = await bench.directory();
    await mkdir(join(dir, 'quarantine/state'), { recursive: true });
    await mkdir(join(dir, 'quarantine/execution'), { recursive: true });
    const copy = 'nav.0123456789ab.json';
    const record = { ts: 1_800_000_000, surface: 'nav', file: 'state/nav.json', copy, line: null, base64: null };
    const findings = [{ rule: 'json-syntax', message: 'The text is not JSON.' }];
    await writeFile(join(dir, `quarantine/state/${copy}`), '{"torn');
    await writeFile(join(dir, `quarantine/state/${copy}.finding.json`), JSON.stringify({ ...record, findings }));
    const line = { ...record, surface: 'events', file: 'execution/events.jsonl', copy: null, line: 7, findings };
    const base64 = Buffer.from('{<b>').toString('base64');
    await writeFile(join(dir, 'quarantine/execution/events.jsonl'), `${JSON.stringify({ ...line, base64 })}\n`);
    await writeFile(
      join(dir, 'sync_report.json'),
      JSON.stringify({ ok: false, ts: 1_800_000_000, lag_bytes: 12, lag_s: 3.5 }),
    );
    const { url } = await bench.serve({ dir });
    const { surfaces, ledgers, status } = await getJson<SurfacesAnswer>(url, '/api/v1/surfaces');
    expect(surfaces.find(({ name }) => name === 'nav')?.quarantine).toMatchObject({
      count: 1,
      records: [{ file: 'state/nav.json', ts: 1_800_000_000, reason: 'The text is not JSON.', excerpt: '{"torn' }],
    });
    expect(ledgers.find(({ name }) => name === 'events')?.quarantine).toMatchObject({
      count: 1,
      records: [{ line: 7, reason: 'The text is not JSON.', excerpt: '{<b>' }],
    });
    expect(surfaces.find(({ name }) => name === 'positions')?.quarantine).toEqual({ count: 0, records: [] });
    expect(status.mirror).toEqual({
      ok: false,
      ts: 1_800_000_000,
      lag_bytes: 12,
      lag_s: 3.5,
      stale_after_s: null,
    });
  });
});

describe('/healthz', () => {
  it('is 503 while the directory cannot be read', async () => {
    const dir = await bench.directory();
    const { url } = await bench.serve({ dir });
    expect(await get(url, '/healthz')).toMatchObject({ status: 200 });
    await rm(dir, { recursive: true });
    const { status, text } = await get(url, '/healthz');
    expect(status).toBe(503);
    expect(JSON.parse(text) as HealthAnswer).toMatchObject({
      ok: false,
      directory: false,
      worst: 'never',
      states: { never: stateNames.length },
    });
  });
});

describe('/docs/', () => {
  it('serves the files of the directory that it was given, and nothing besides', async () => {
    const dir = await bench.directory();
    const docsDir = await bench.directory();
    await mkdir(join(docsDir, 'rules'));
    await writeFile(join(docsDir, 'index.html'), '<h1>Docs</h1>');
    await writeFile(join(docsDir, 'rules/json-syntax.html'), '<h1>Rule</h1>');
    await writeFile(join(docsDir, '.secret.html'), 'hidden');
    const { url } = await bench.serve({ dir, docsDir });
    expect(await get(url, '/docs/')).toMatchObject({ status: 200, text: '<h1>Docs</h1>' });
    expect(await get(url, '/docs/rules/json-syntax.html')).toMatchObject({ status: 200, text: '<h1>Rule</h1>' });
    for (const path of ['/docs/.secret.html', '/docs/rules', '/docs/new.html'])
      expect((await get(url, path)).status).toBe(404);
    const bare = await fetch(new URL('/docs', url), { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/docs/']);
    const etag = (await get(url, '/docs/')).headers.get('etag') ?? '';
    expect((await fetch(new URL('/docs/', url), { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('shows the page of the documentation where there is none, and JSON where it has no such page', async () => {
    const docsDir = await bench.directory();
    await writeFile(join(docsDir, '404.html'), '<h1>No such page</h1>');
    const { url } = await bench.serve({ dir: await bench.directory(), docsDir });
    const missing = await get(url, '/docs/surfaces/gone.html');
    expect(missing).toMatchObject({ status: 404, text: '<h1>No such page</h1>' });
    expect(missing.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(missing.headers.get('etag')).toBeNull();
    expect((await get(url, '/elsewhere')).headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    ['a.html', 'text/html; charset=utf-8'],
    ['a.css', 'text/css; charset=utf-8'],
    ['a.js', 'text/javascript; charset=utf-8'],
    ['a.json', 'application/json; charset=utf-8'],
    ['a.md', 'text/markdown; charset=utf-8'],
    ['a.svg', 'image/svg+xml'],
    ['a.png', 'image/png'],
    ['llms.txt', 'text/plain; charset=utf-8'],
    ['alerts.yml', 'text/plain; charset=utf-8'],
  ])('serves %s as %s', async (name, type) => {
    const docsDir = await bench.directory();
    await writeFile(join(docsDir, name), 'content');
    const { url } = await bench.serve({ dir: await bench.directory(), docsDir });
    const answer = await get(url, `/docs/${name}`);
    expect([answer.text, answer.headers.get('content-type')]).toEqual(['content', type]);
  });

  it('lists its files where it has no index', async () => {
    const docsDir = await bench.directory();
    await writeFile(join(docsDir, 'changing-a-schema.md'), '# Changing');
    const { url } = await bench.serve({ dir: await bench.directory(), docsDir });
    expect((await get(url, '/docs/')).text).toContain('<a href="/docs/changing-a-schema.md">');
    expect((await get(url, '/docs/changing-a-schema.md')).text).toBe('# Changing');
  });
});
