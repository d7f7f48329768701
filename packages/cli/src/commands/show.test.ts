import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument, put } from '../../test/run-cli.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-show-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe('show', () => {
  it('prints state, age, version and dialect, then every field with unit and state', async () => {
    await put(dir, 'state/nav.json', { ...navDocument(30), sources_ok: null });
    const { exit, out } = await cli(['show', 'nav', '--dir', dir]);
    const lines = out.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
    expect(exit).toBe(0);
    expect(lines[0]).toMatch(/^nav FRESH age 3\d\.\d s version \d+\.\d+\.\d+ dialect canonical$/);
    expect(lines[0]).toContain(`version ${registry.nav.version} `);
    expect(lines[1]).toBe(join(dir, 'state/nav.json'));
    expect(lines).toContain('/nav_total 10250.5 USD fresh');
    expect(lines).toContain('/aum/offexchange empty fresh');
    expect(lines).toContain('/sources_ok absent');
    expect(lines).toContain('/nav_detail/source absent');
  });

  it('prints positions as rows', async () => {
    const row = { symbol: 'BTCUSDT', qty: -0.5, entryPrice: 80_000, mark_price: null, leverage: 4, side: 'SHORT' };
    await put(dir, 'state/positions.json', [{ ...row, updated_ts: Date.now() / 1000 }]);
    const { exit, out } = await cli(['show', 'positions', '--dir', dir]);
    const lines = out.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
    expect(exit).toBe(0);
    expect(lines[3]).toMatch(/^symbol qty entryPrice mark_price leverage side/);
    expect(lines[4]).toMatch(/^BTCUSDT -0\.5 80000 absent 4x SHORT/);
  });

  it('tells a flat account from positions that are not known', async () => {
    await put(dir, 'state/positions.json', []);
    expect((await cli(['show', 'positions', '--dir', dir])).out).toMatch(/^positions  STALE[^]*\n\nempty\n/);
    await rm(join(dir, 'state/positions.json'));
    expect((await cli(['show', 'positions', '--dir', dir])).out).toMatch(/^positions  NEVER[^]*\n\nnever\n/);
  });

  it('prints the reading as JSON', async () => {
    await put(dir, 'state/nav.json', navDocument(7_200));
    const { exit, out } = await cli(['show', 'nav', '--json', '--dir', dir]);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      surface: 'nav',
      state: 'stale',
      dialect: 'canonical',
      value: { nav_total: 10_250.5 },
      readings: { nav_total: { state: 'stale', value: 10_250.5 } },
      findings: [{ rule: 'document-stale' }],
    });
  });

  it('exits by the state of the surface', async () => {
    const exitOf = async (): Promise<number | null> => (await cli(['show', 'nav', '--dir', dir])).exit;
    expect(await exitOf()).toBe(3);
    await put(dir, 'state/nav.json', navDocument(-600));
    expect(await exitOf()).toBe(0);
    await put(dir, 'state/nav.json', { ...navDocument(), nav_total: 'much' });
    expect(await exitOf()).toBe(5);
    await put(dir, 'state/nav.json', '{"nav_total":');
    expect(await exitOf()).toBe(4);
    await rm(join(dir, 'state/nav.json'));
    await mkdir(join(dir, 'state/nav.json'));
    expect(await exitOf()).toBe(4);
  });

  it('shows what stands where a field is invalid, and how to fix it', async () => {
    await put(dir, 'state/nav.json', { ...navDocument(), nav_total: 'much' });
    const { out } = await cli(['show', 'nav', '--dir', dir]);
    expect(out).toMatch(/^\/nav_total\s+much\s+invalid$/m);
    expect(out).toContain('  expected number or null, got "much"\n  fix: ');
  });
});
