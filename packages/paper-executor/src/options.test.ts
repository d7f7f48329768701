import { describe, expect, it } from 'vitest';
import { paperOptionsFromEnv } from './options.js';

describe('paperOptionsFromEnv', () => {
  it('reads the three switches', () => {
    expect(paperOptionsFromEnv({ BINANCE_TESTNET: '1', DRY_RUN: 'true', EXECUTOR_ONCE: ' 1 ' })).toEqual({
      testnet: true,
      dryRun: true,
      once: true,
    });
  });

  it.each([undefined, '', '0', 'false', 'no'])('takes %j for off', (value) => {
    expect(paperOptionsFromEnv({ BINANCE_TESTNET: value, DRY_RUN: value, EXECUTOR_ONCE: value })).toEqual({
      testnet: false,
      dryRun: false,
      once: false,
    });
  });
});
