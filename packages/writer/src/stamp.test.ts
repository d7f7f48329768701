import { registry } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { stamped } from './stamp.js';

const now = (): number => 1_800_000_000.5;

describe('stamped', () => {
  it('adds tag and time to a document that has neither', () => {
    expect(stamped(registry.kpis_v7, { nav: {} }, now)).toEqual({ schema: 'kpis_v7_v1', nav: {}, ts: 1_800_000_000.5 });
    expect(stamped(registry.risk_snapshot, {}, now)).toEqual({
      schema: 'risk_snapshot_v1',
      updated_ts: 1_800_000_000.5,
    });
  });

  it('leaves a tag and a time that were given, null included', () => {
    expect(stamped(registry.nav, { schema: 'nav_v9', updated_at: null }, now)).toEqual({
      schema: 'nav_v9',
      updated_at: null,
    });
  });

  it('adds the time to each row of an array, and keeps an empty array empty', () => {
    expect(stamped(registry.positions, [{ symbol: 'BTCUSDT' }, { symbol: 'ETHUSDT', updated_ts: 7 }], now)).toEqual([
      { symbol: 'BTCUSDT', updated_ts: 1_800_000_000.5 },
      { symbol: 'ETHUSDT', updated_ts: 7 },
    ]);
    expect(stamped(registry.positions, [], now)).toEqual([]);
  });

  it('adds the time to a record in the form that its ledger wants, in front', () => {
    expect(Object.entries(stamped(registry.events, { type: 'fill' }, now) as object)).toEqual([
      ['schema', 'events_v1'],
      ['ts', '2027-01-15T08:00:00.500Z'],
      ['type', 'fill'],
    ]);
    expect(stamped(registry.nav_history, {}, now)).toMatchObject({ ts: 1_800_000_000.5 });
  });

  it('leaves the time of a document to its caller where the schema requires it', () => {
    expect(stamped(registry.nav, { nav_total: 1 }, now)).toEqual({ schema: 'nav_v1', nav_total: 1 });
  });

  it('leaves alone what is no object, and records of an unknown type', () => {
    for (const value of [null, 1, 'text', undefined]) expect(stamped(registry.nav, value, now)).toBe(value);
    expect(stamped(registry.events, { type: 'unheard of' }, now)).not.toHaveProperty('ts');
  });
});
