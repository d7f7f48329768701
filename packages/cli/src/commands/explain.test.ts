import { ruleIds } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { cli } from '../../test/run-cli.js';
import type { Answer, Explanation, FieldExplanation } from '../explain/explanation.js';
import { explain } from '../explain/find.js';

async function answer(name: string): Promise<Answer> {
  const { exit, out, err } = await cli(['explain', name, '--json']);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  return JSON.parse(out) as Answer;
}

function fields(found: readonly Explanation[]): FieldExplanation[] {
  return found.filter((each) => each.kind === 'field');
}

describe('explain', () => {
  it('says of a field what it means, its unit, who writes it, and when it is stale', async () => {
    const { exit, out, err } = await cli(['explain', 'dd_frac']);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/^risk_snapshot \/dd_frac {2}field since 1\.0\.0\n/);
    expect(out).toContain('  meaning       Drawdown from the peak as a share of it: dd_pct / 100, in [0, 1].\n');
    expect(out).toContain('  unit          fraction\n');
    expect(out).toContain('  null          Drawdown is not known; it is not zero.\n');
    expect(out).toContain('  derived from  /dd_pct, /dd_state/drawdown/dd_pct\n');
    expect(out).toContain('  metric        hedge_drawdown_ratio (gauge)\n');
    expect(out).toContain('  writer        The executor publishes it once per loop');
    expect(out).toContain('  stale after   300 s\n');
    expect(out).toContain('  page          docs/surfaces/risk_snapshot.md#field-dd_frac\n');
  });

  it.each([
    ['risk_snapshot.dd_frac', 'risk_snapshot', '/dd_frac'],
    ['/risk_snapshot/dd_frac', 'risk_snapshot', '/dd_frac'],
    ['hedge_drawdown_ratio', 'risk_snapshot', '/dd_frac'],
    ['/positions/*/qty', 'positions', '/*/qty'],
    ['positions.qty', 'positions', '/*/qty'],
    ['nav.aum.futures', 'nav', '/aum/futures'],
  ])('finds the field that %s names', async (name, surface, pointer) => {
    expect(fields((await answer(name)).found)).toContainEqual(expect.objectContaining({ surface, pointer }));
  });

  it('lists every field of a name, and a field that several kinds of record share once', async () => {
    const { found } = await answer('symbol');
    const surfaces = fields(found).map(({ surface }) => surface);
    expect(surfaces).toEqual(expect.arrayContaining(['events', 'orders_executed', 'positions', 'risk_vetoes']));
    const shared = fields(found).filter(({ surface }) => surface === 'order_metrics');
    expect(shared.flatMap(({ records }) => records).toSorted()).toEqual(['order', 'position_close']);
    expect(shared[0]?.page).toBe('docs/ledgers/order_metrics.md#field-order.symbol');
  });

  it('explains a legacy spelling with the dialect that has it', async () => {
    const { found } = await answer('drawdown_pct');
    expect(found).toContainEqual(expect.objectContaining({ kind: 'legacy', dialect: 'nav_state/v7', unit: 'percent' }));
    expect(found).toContainEqual(expect.objectContaining({ kind: 'field', surface: 'nav_state' }));
    expect((await answer('positionAmt')).found).toMatchObject([{ kind: 'legacy', meaning: 'The same as qty.' }]);
  });

  it('explains rules of every catalogue and says where their pages are', async () => {
    expect((await answer('document-stale')).found).toMatchObject([
      { kind: 'rule', catalogue: 'contract', level: 'warning', page: 'docs/rules/document-stale.md' },
    ]);
    expect((await answer('key-removed')).found).toMatchObject([{ catalogue: 'evolution', level: 'error' }]);
    expect((await answer('type-narrowed')).found).toMatchObject([{ catalogue: 'compatibility', level: null }]);
    for (const rule of ruleIds) expect(explain(rule).found, rule).not.toEqual([]);
  });

  it('explains a surface by its name or its file', async () => {
    for (const name of ['nav', 'state/nav.json'])
      expect((await answer(name)).found[0]).toMatchObject({ kind: 'surface', surface: 'nav', stale_after_s: 3600 });
  });

  it.each([
    ['dd_farc', 'dd_frac'],
    ['documnt-stale', 'document-stale'],
    ['postions', 'positions'],
    ['nav.nav_totl', 'nav.nav_total'],
    ['positionAmnt', 'positionAmt'],
  ])('exits 3 and suggests for %s what it may have been', async (name, meant) => {
    const { exit, out, err } = await cli(['explain', name]);
    expect({ exit, out }).toEqual({ exit: 3, out: '' });
    expect(err).toMatch(new RegExp(`^error: nothing is called ${name}\\n  did you mean .*${meant}`));
    expect(explain(name)).toMatchObject({ found: [] });
  });

  it('suggests nothing where nothing is near, and prints what it was given safely', async () => {
    const { exit, err } = await cli(['explain', 'zzzzqqqq\u001b[2J']);
    expect({ exit, err }).toEqual({ exit: 3, err: 'error: nothing is called zzzzqqqq\uFFFD[2J\n' });
  });
});
