import { describe, expect, it } from 'vitest';

import { finding } from './finding.js';
import { documentReadings, uniformReadings } from './readings.js';
import { registry } from './registry.js';
import type { SurfaceReadings } from './registry.js';

const fresh = { state: 'fresh', age_s: 2 } as const;

describe('documentReadings', () => {
  it('tells zero, null and omitted apart', () => {
    const document = { nav_total: 0, nav_age_s: null, sources_ok: false };
    const { readings } = documentReadings(registry.nav.root, document, fresh, []);
    const nav = readings as SurfaceReadings['nav'];
    expect(nav.nav_total).toEqual({ state: 'fresh', value: 0, age_s: 2 });
    expect(nav.nav_age_s).toEqual({ state: 'absent', value: null, age_s: 2 });
    expect(nav.sources_ok).toEqual({ state: 'fresh', value: false, age_s: 2 });
    expect(nav.updated_at.state).toBe('absent');
  });

  it('gives the fields of an object that is null, each as absent', () => {
    const { readings } = documentReadings(registry.nav.root, { aum: null }, fresh, []);
    expect((readings as SurfaceReadings['nav']).aum.futures.state).toBe('absent');
  });

  it('marks only the field that a finding points at as invalid, and keeps what stood there', () => {
    const errors = [finding('type-mismatch', { pointer: '/aum/total' })];
    const { readings } = documentReadings(
      registry.nav.root,
      { nav_total: 7, aum: { futures: 1, total: 'x' } },
      fresh,
      errors,
    );
    const nav = readings as SurfaceReadings['nav'];
    expect(nav.aum.total).toEqual({ state: 'invalid', value: null, age_s: 2, raw: 'x' });
    expect(nav.aum.futures.state).toBe('fresh');
    expect(nav.nav_total.state).toBe('fresh');
  });

  it('reads rows and maps as readings of their fields', () => {
    const { readings } = documentReadings(registry.positions.root, [{ symbol: 'BTCUSDT', qty: 0 }], fresh, []);
    const rows = readings as SurfaceReadings['positions'];
    expect(rows.state).toBe('fresh');
    expect(rows.value?.[0]?.qty).toEqual({ state: 'fresh', value: 0, age_s: 2 });
    expect(rows.value?.[0]?.mark_price.state).toBe('absent');
  });

  it('tells an empty list from one that is not known', () => {
    expect(documentReadings(registry.positions.root, [], fresh, []).readings).toEqual({
      state: 'fresh',
      value: [],
      age_s: 2,
    });
    expect(documentReadings(registry.positions.root, null, fresh, []).readings).toMatchObject({
      state: 'absent',
      value: null,
    });
  });

  it('reports undeclared keys and hides none of them from the raw document', () => {
    const { undeclared } = documentReadings(registry.nav.root, { nav_total: 1, new_key: 2, aum: { x: 1 } }, fresh, []);
    expect(undeclared.map(({ pointer }) => pointer)).toEqual(['/new_key', '/aum/x']);
  });

  it('does not follow inherited keys', () => {
    const { readings } = documentReadings(registry.nav.root, JSON.parse('{"__proto__":{"nav_total":9}}'), fresh, []);
    expect((readings as SurfaceReadings['nav']).nav_total.state).toBe('absent');
  });
});

describe('uniformReadings', () => {
  it('gives every field of a surface that was never published the state never', () => {
    const readings = uniformReadings(registry.nav.root, {
      state: 'never',
      value: null,
      age_s: null,
    }) as SurfaceReadings['nav'];
    expect(readings.nav_total.state).toBe('never');
    expect(readings.aum.total.state).toBe('never');
    expect(readings.aum.offexchange.state).toBe('never');
  });
});
