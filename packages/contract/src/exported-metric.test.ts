import { describe, expect, it } from 'vitest';

import { exportedMetric } from './exported-metric.js';

const metric = (name: string) => ({ name, type: 'gauge' }) as const;

describe('a time series', () => {
  it.each([
    ['percent', 'hedge_x_percent', { name: 'hedge_x_ratio', divisor: 100, factor: 1 }],
    ['bps', 'hedge_x_bps', { name: 'hedge_x_ratio', divisor: 10_000, factor: 1 }],
    ['ms', 'hedge_x_milliseconds', { name: 'hedge_x_seconds', divisor: 1_000, factor: 1 }],
    ['hours', 'hedge_x_hours', { name: 'hedge_x_seconds', divisor: 1, factor: 3_600 }],
    ['days', 'hedge_x_days', { name: 'hedge_x_seconds', divisor: 1, factor: 86_400 }],
    ['USD', 'hedge_x_usd', { name: 'hedge_x_usd', divisor: 1, factor: 1 }],
    ['percent', 'hedge_x', { name: 'hedge_x', divisor: 100, factor: 1 }],
  ])('of a field in %s named %s is exported in the base unit', (unit, name, exported) => {
    expect(exportedMetric({ unit, metric: metric(name) })).toEqual(exported);
  });

  it('is none where the field has no metric', () => {
    expect(exportedMetric({ unit: 'USD' })).toBeNull();
  });
});
