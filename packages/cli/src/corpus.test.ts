import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { registry, stateNames } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { cli, corpus } from '../test/run-cli.js';

interface CheckedFile {
  readonly path: string;
  readonly surface: string | null;
  readonly kind: string | null;
  readonly dialect: string | null;
  readonly lines?: {
    readonly total: number;
    readonly canonical: number;
    readonly legacy: number;
    readonly invalid: number;
  };
  readonly findings: readonly { readonly level: string }[];
}

async function checked(name: string): Promise<{ exit: number | null; ok: boolean; files: CheckedFile[] }> {
  const { exit, out } = await cli(['check', join(corpus, name), '--json']);
  return { exit, ...JSON.parse(out) };
}

describe.skipIf(!existsSync(join(corpus, 'real-state')))('the state of a real executor', () => {
  it('is recognised file by file, without errors', async () => {
    const { exit, ok, files } = await checked('real-state');
    const states = files.filter(({ kind }) => kind === 'state');
    expect({ exit, ok }).toEqual({ exit: 0, ok: true });
    expect(states.map(({ surface }) => surface)).toEqual(
      stateNames.filter((name) => existsSync(join(corpus, 'real-state', registry[name].file))),
    );
    expect(states.filter(({ dialect }) => dialect === null)).toEqual([]);
    expect(files.filter(({ kind, lines }) => kind === 'ledger' && lines?.invalid !== 0)).toEqual([]);
  });

  it('has seven positions', async () => {
    const { exit, out } = await cli(['show', 'positions', '--json', '--dir', join(corpus, 'real-state')]);
    expect(exit).toBe(0);
    expect(JSON.parse(out).value).toHaveLength(7);
  });

  it.each(['nav', 'risk_snapshot', 'execution_health', 'kpis_v7'])('can be shown: %s', async (surface) => {
    const { exit, out, err } = await cli(['show', surface, '--dir', join(corpus, 'real-state')]);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(new RegExp(`^${surface}  STALE`));
  });

  it('is mirrored and shown by the demo', async () => {
    const { exit, out } = await cli(['demo', '--logs', join(corpus, 'real-state')], '', { EXECUTOR_ONCE: '1' });
    expect(exit).toBe(0);
    expect(out).toContain('7 open positions');
  });
});

describe.skipIf(!existsSync(join(corpus, 'real-logs')))('the ledgers of a real executor', () => {
  it('are understood to the last line', async () => {
    const { exit, files } = await checked('real-logs');
    expect(exit).toBe(0);
    expect(files.filter(({ kind }) => kind !== null)).toMatchObject([
      { path: 'execution/order_metrics.jsonl', dialect: 'v7', lines: { total: 638, invalid: 0 } },
      { path: 'execution/orders_executed.jsonl', dialect: 'v7', lines: { total: 1_580, invalid: 0 } },
      { path: 'execution/risk_vetoes.jsonl', dialect: 'v7', lines: { total: 935, invalid: 0 } },
      { path: 'nav_log.json', surface: 'nav_history', dialect: 'v7', lines: { total: 720, invalid: 0 } },
    ]);
  });
});
