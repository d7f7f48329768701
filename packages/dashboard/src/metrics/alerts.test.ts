import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { writeHealthy } from '../../test/conditions.js';
import { get } from '../../test/get.js';
import { createBench } from '../../test/server.js';
import { alertRules } from './alerts.js';

const bench = createBench();
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

afterEach(() => bench.dispose());

describe('the alerting rules', () => {
  it.skipIf(!hasPromtool)('pass promtool', async () => {
    const file = join(await bench.directory(), 'alerts.yml');
    await writeFile(file, alertRules());
    const checked = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
    expect(checked.stdout).toContain('SUCCESS: 23 rules found');
  });

  it.skipIf(!hasPromtool)('fire where they should, and only there', async () => {
    const dir = await bench.directory();
    await writeFile(join(dir, 'alerts.yml'), alertRules());
    const quiet = {
      hedge_dashboard_start_timestamp_seconds: '1x20',
      'hedge_surface_state{surface="nav",state="fresh"}': '1x20',
    };
    const cases: [string, Record<string, string>, string[]][] = [
      ['nothing', {}, []],
      ['a dead server', { hedge_dashboard_start_timestamp_seconds: '_x20' }, ['HedgeTelemetryDown']],
      ['an old NAV', { 'hedge_surface_state{surface="nav",state="stale"}': '1x20' }, ['HedgeVitalSurfaceStale']],
      [
        'old scores',
        { 'hedge_surface_state{surface="symbol_scores_v6",state="stale"}': '1x20' },
        ['HedgeSurfaceStale'],
      ],
      [
        'no positions file',
        { 'hedge_surface_state{surface="positions",state="never"}': '1x20' },
        ['HedgeSurfaceNotPublished'],
      ],
      ['a torn file', { 'hedge_surface_state{surface="nav",state="unreadable"}': '1x20' }, ['HedgeSurfaceBroken']],
      [
        'a halt',
        { 'hedge_risk_mode{state="HALTED"}': '1x20', 'hedge_risk_mode{state="OK"}': '0x20' },
        ['HedgeRiskHalted'],
      ],
      [
        'a drawdown',
        { hedge_drawdown_ratio: '0.09x20', hedge_drawdown_limit_ratio: '0.1x20' },
        ['HedgeDrawdownNearLimit'],
      ],
      ['a small drawdown', { hedge_drawdown_ratio: '0.07x20', hedge_drawdown_limit_ratio: '0.1x20' }, []],
      ['no limit', { hedge_drawdown_ratio: '0.09x20', hedge_drawdown_limit_ratio: '0x20' }, []],
      ['a slow mirror', { hedge_mirror_lag_seconds: '90x20' }, ['HedgeMirrorBehind']],
      [
        'a mirror that runs',
        {
          hedge_mirror_pass_timestamp_seconds: '0+60x20',
          hedge_mirror_stale_after_seconds: '10x20',
          hedge_mirror_lag_seconds: '0x20',
        },
        [],
      ],
      [
        'a dead mirror',
        {
          hedge_mirror_pass_timestamp_seconds: '0x20',
          hedge_mirror_stale_after_seconds: '10x20',
          hedge_mirror_lag_seconds: '0x20',
        },
        ['HedgeMirrorStopped'],
      ],
      [
        'a mirror whose source is gone',
        { hedge_mirror_pass_timestamp_seconds: '0+60x20', hedge_mirror_stale_after_seconds: '10x20' },
        ['HedgeMirrorSourceUnreadable'],
      ],
      ['a server that reads nothing', { hedge_dashboard_looked_timestamp_seconds: '0x20' }, ['HedgeTelemetryStalled']],
      [
        'a ledger without permission',
        { 'hedge_ledger_state{ledger="events",state="unreadable"}': '1x20' },
        ['HedgeLedgerUnreadable'],
      ],
    ];
    const names = [...alertRules().matchAll(/alert: (\w+)/g)].map(([, name = '']) => name);
    const tests = cases.map(([name, series, firing]) => ({
      name,
      interval: '1m',
      input_series: Object.entries({ ...quiet, ...series }).map(([each, values]) => ({ series: each, values })),
      promql_expr_test: names.map((alert) => ({
        expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
        eval_time: '12m',
        exp_samples: [{ labels: '{}', value: firing.includes(alert) ? 1 : 0 }],
      })),
    }));
    const file = join(dir, 'tests.yml');
    await writeFile(file, JSON.stringify({ rule_files: ['alerts.yml'], evaluation_interval: '1m', tests }));
    const { stdout, stderr, status } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('ask only for metrics that are exported', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { url } = await bench.serve({ dir });
    const { text } = await get(url, '/metrics');
    const names = new Set([...alertRules().matchAll(/\bhedge_[a-z0-9_]+/g)].map(([name]) => name));
    const isOfMirror = (name: string): boolean => name.startsWith('hedge_mirror_');
    for (const name of names) if (!isOfMirror(name)) expect(text, name).toMatch(new RegExp(`^${name}[{ ]`, 'm'));
  });
});
