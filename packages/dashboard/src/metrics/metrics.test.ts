import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { applyCondition, conditions, writeHealthy } from '../../test/conditions.js';
import { get } from '../../test/get.js';
import { createBench } from '../../test/server.js';
import { metricDefinitions } from './definitions.js';
import { expositionText } from './exposition.js';
import { grafanaDashboard } from './grafana.js';

const bench = createBench();
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

afterEach(() => bench.dispose());

async function metricsOf(dir: string): Promise<string> {
  const { url } = await bench.serve({ dir });
  const { text, headers } = await get(url, '/metrics');
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return text;
}

async function healthy(): Promise<string> {
  const dir = await bench.directory();
  await writeHealthy(dir, Date.now() / 1000);
  return dir;
}

/** What promtool has to say against metrics; empty where it is content. */
function complaints(text: string): string {
  const { status, stderr, stdout } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  return status === 0 && stderr === '' ? '' : `${status} ${stderr}${stdout}`;
}

function series(text: string, name: string): string[] {
  return text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

const STANDING = [
  'hedge_surface_updated_timestamp_seconds',
  'hedge_surface_stale_after_seconds',
  'hedge_surface_valid',
  'hedge_surface_quarantined_records_total',
  'hedge_surface_info',
];

describe('/metrics', () => {
  it.skipIf(!hasPromtool)('has nothing that promtool objects to, whatever the files are like', async () => {
    expect(complaints(await metricsOf(await bench.directory()))).toBe('');
    expect(complaints(await metricsOf(await healthy()))).toBe('');
    for (const condition of conditions) {
      const dir = await healthy();
      for (const surface of stateNames) await applyCondition(dir, surface, condition, Date.now() / 1000);
      expect(complaints(await metricsOf(dir))).toBe('');
    }
  });

  it('has the standing metrics of every surface, also where there is no file', async () => {
    for (const dir of [await bench.directory(), await healthy()]) {
      const text = await metricsOf(dir);
      for (const name of STANDING) expect(series(text, name)).toHaveLength(stateNames.length);
      for (const ledger of ledgerNames)
        expect(text).toContain(`hedge_ledger_updated_timestamp_seconds{ledger="${ledger}"}`);
    }
  });

  it('says NaN for a time that is not known, and 0 for what is not valid', async () => {
    const text = await metricsOf(await bench.directory());
    expect(text).toContain('hedge_surface_updated_timestamp_seconds{surface="nav"} NaN');
    expect(text).toContain('hedge_surface_valid{surface="nav"} 0');
    expect(text).toContain('hedge_surface_state{surface="nav",state="never"} 1');
  });

  it('leaves out every series of the contract where nothing is known', async () => {
    const text = await metricsOf(await bench.directory());
    for (const { name } of metricDefinitions) expect(series(text, name)).toEqual([]);
  });

  it('has every metric that the contract declares and an example holds, in base units', async () => {
    const text = await metricsOf(await healthy());
    const missing = metricDefinitions.filter(({ name }) => series(text, name).length === 0).map(({ name }) => name);
    expect(missing).toEqual([]);
    expect(
      metricDefinitions
        .map(({ name }) => name)
        .filter((name) => /_(percent|bps|milliseconds|hours|days)(_|$)/.test(name)),
    ).toEqual([]);
  });

  it.each(['stale', 'future clock', 'all null', 'wrong type', 'torn'] as const)(
    'ends the series of a surface that is %s',
    async (condition) => {
      const dir = await healthy();
      await applyCondition(dir, 'nav', condition, Date.now() / 1000);
      expect(series(await metricsOf(dir), 'hedge_nav_usd')).toEqual([]);
    },
  );

  it('tells a real zero from a missing value', async () => {
    const dir = await healthy();
    const nav = {
      nav_total: 0,
      nav_age_s: 0,
      sources_ok: false,
      aum: { futures: null, offexchange: {}, total: 0 },
      nav_health_snapshot: null,
      updated_at: Date.now() / 1000,
    };
    await writeFile(join(dir, 'state/nav.json'), JSON.stringify(nav));
    const text = await metricsOf(dir);
    expect(series(text, 'hedge_nav_usd')).toEqual(['hedge_nav_usd 0']);
    expect(series(text, 'hedge_nav_sources_ok')).toEqual(['hedge_nav_sources_ok 0']);
    expect(series(text, 'hedge_aum_futures_usd')).toEqual([]);
  });

  it('has one series per risk mode, and none for one that nobody knows', async () => {
    const dir = await healthy();
    expect(
      series(await metricsOf(dir), 'hedge_risk_mode')
        .map((line) => line.split(' ')[1])
        .toSorted(),
    ).toEqual(['0', '0', '0', '1']);
    await applyCondition(dir, 'risk_snapshot', 'unknown enum', Date.now() / 1000);
    expect(series(await metricsOf(dir), 'hedge_risk_mode')).toEqual([]);
  });

  it('carries labels as they are spelled, quoted, and each series once', async () => {
    const dir = await healthy();
    const row = {
      symbol: 'A"B\\C\n<img>',
      qty: 1,
      entryPrice: 1,
      mark_price: 2,
      leverage: 1,
      side: 'LONG',
      notional: 2,
      updated_ts: Date.now() / 1000,
    };
    await writeFile(
      join(dir, 'state/positions.json'),
      JSON.stringify([row, { ...row, notional: 3 }, { ...row, side: 'SHORT' }]),
    );
    await rm(join(dir, 'state/synced_state.json'));
    const text = await metricsOf(dir);
    expect(series(text, 'hedge_position_notional_usd')).toEqual([
      'hedge_position_notional_usd{symbol="A\\"B\\\\C\\n<img>",side="LONG"} 2',
      'hedge_position_notional_usd{symbol="A\\"B\\\\C\\n<img>",side="SHORT"} 2',
    ]);
    expect(series(text, 'hedge_surface_rows')).toEqual(['hedge_surface_rows{surface="positions"} 3']);
  });

  it('is bounded, however many rows a file holds', async () => {
    const dir = await healthy();
    const row = {
      qty: 1,
      entryPrice: 1,
      mark_price: 2,
      leverage: 1,
      side: 'LONG',
      notional: 2,
      updated_ts: Date.now() / 1000,
    };
    await writeFile(
      join(dir, 'state/positions.json'),
      JSON.stringify(Array.from({ length: 5_000 }, (_each, index) => ({ symbol: `S${index}`, ...row }))),
    );
    await rm(join(dir, 'state/synced_state.json'));
    expect(series(await metricsOf(dir), 'hedge_position_notional_usd')).toHaveLength(2_000);
  });
});

describe('the exposition', () => {
  it('writes numbers as Prometheus reads them', () => {
    const samples = [Number.NaN, Infinity, -Infinity, 1e21, 0.000_12].map((value, index) => ({
      labels: { n: String(index) },
      value,
    }));
    expect(expositionText([{ name: 'x', type: 'gauge', help: 'a\\b\nc', samples }])).toBe(
      '# HELP x a\\\\b\\nc\n# TYPE x gauge\nx{n="0"} NaN\nx{n="1"} +Inf\nx{n="2"} -Inf\nx{n="3"} 1e+21\nx{n="4"} 0.00012\n',
    );
  });
});

describe('the Grafana dashboard', () => {
  it('shows every metric of the contract, gaps as gaps', () => {
    const { panels } = JSON.parse(grafanaDashboard()) as {
      panels: {
        type: string;
        targets: { expr: string }[];
        fieldConfig: { defaults: { custom: { spanNulls?: boolean } } };
      }[];
    };
    const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
    for (const { name } of metricDefinitions) expect(shown).toContain(name);
    for (const { type, fieldConfig } of panels)
      if (type === 'timeseries') expect(fieldConfig.defaults.custom.spanNulls).toBe(false);
  });

  it('places no panel on another', () => {
    const { panels } = JSON.parse(grafanaDashboard()) as {
      panels: { gridPos: { x: number; y: number; w: number; h: number } }[];
    };
    const cells = panels.flatMap(({ gridPos: { x, y, w } }) =>
      Array.from({ length: w }, (_each, index) => `${x + index} ${y}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});

it('the contract declares each metric with one type', () => {
  const types = new Map<string, string>();
  for (const { name, type } of metricDefinitions) expect(types.set(name, types.get(name) ?? type).get(name)).toBe(type);
  expect(Object.keys(registry).length).toBeGreaterThan(0);
});
