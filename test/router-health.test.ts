import { registry } from '@hedge-telemetry/contract';
import type { RouterHealth } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';

import { stateKeys } from './contract-keys.js';
import { readJson, runExecutor, withDirectory } from './support.js';

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'LINKUSDT', 'SUIUSDT'];

describe('router_health.json', () => {
  it.each([1, 50])('contains every key of the contract and every symbol after %d loops', async (loops) => {
    await withDirectory(async (logs) => {
      await runExecutor(logs, loops);
      const document = (await readJson(logs, registry.router_health.file)) as RouterHealth;
      for (const key of stateKeys.router_health.keys) expect(document).toHaveProperty([key]);
      expect(document.symbols.map(({ symbol }) => symbol).toSorted()).toEqual(symbols.toSorted());
    });
  });

  it('gives null, not 0, for a symbol that had no activity', async () => {
    await withDirectory(async (logs) => {
      await runExecutor(logs, 1, { DRY_RUN: '1' });
      const document = (await readJson(logs, registry.router_health.file)) as RouterHealth;
      for (const row of document.symbols)
        expect(row).toMatchObject({ maker_fill_rate: null, fallback_ratio: null, slippage_p50: null });
      expect(document).toMatchObject({
        maker_fill_rate: null,
        fallback_ratio: null,
        slippage_p50: null,
        router_health_score: null,
      });
    });
  });
});
