import { describe, expect, it } from 'vitest';

import { interpret } from './interpret.js';
import { parseJson } from './json.js';
import { registry } from './registry.js';

const nav = {
  nav_total: 1,
  nav_age_s: 0,
  sources_ok: true,
  aum: null,
  nav_health_snapshot: null,
  updated_at: 1_800_000_000,
};

function rules(document: unknown): string[] {
  return interpret('nav', document).findings.map(({ rule, pointer }) => `${rule} ${pointer}`);
}

describe('interpret', () => {
  it('takes a canonical document as it is, tagged or not', () => {
    expect(interpret('nav', nav)).toMatchObject({
      dialect: 'canonical',
      version: registry.nav.version,
      document: nav,
      findings: [],
    });
    expect(interpret('nav', { schema: 'nav_v1', ...nav })).toMatchObject({ dialect: 'canonical', findings: [] });
  });

  it('keeps keys that it does not know', () => {
    expect(interpret('nav', { ...nav, future_key: [1] }).document).toHaveProperty('future_key', [1]);
  });

  it('points at what is wrong and gives no document, but a candidate to read the rest from', () => {
    const result = interpret('nav', { ...nav, sources_ok: 'yes' });
    expect(result).toMatchObject({ dialect: 'canonical', document: null, candidate: { nav_total: 1 } });
    expect(result.findings).toMatchObject([
      { rule: 'type-mismatch', pointer: '/sources_ok', expected: 'boolean or null', actual: '"yes"' },
    ]);
  });

  it('reads a document that lacks a required key as canonical with that key missing', () => {
    const { nav_total: _, ...rest } = nav;
    expect(rules(rest)).toEqual(['required-missing /nav_total']);
  });

  it('names a version that it does not know, and reads what it can', () => {
    const result = interpret('nav', { schema: 'nav_v2', ...nav });
    expect(result).toMatchObject({ dialect: 'canonical', document: { nav_total: 1 } });
    expect(result.findings.map(({ rule }) => rule)).toEqual(['version-unknown']);
  });

  it.each([null, 1, 'text', true, [], {}, { unrelated: 1 }, [nav]])('recognises nothing in %j', (document) => {
    expect(interpret('nav', document)).toMatchObject({
      dialect: null,
      version: null,
      document: null,
      findings: [{ rule: 'unrecognised-shape' }],
    });
  });

  it('validates a legacy document against its dialect before it migrates it', () => {
    const result = interpret('nav', { nav: {}, nav_usd: 1, updated_ts: 1_800_000_000 });
    expect(result).toMatchObject({ dialect: 'v7', document: null });
    expect(result.findings.some(({ level, pointer }) => level === 'error' && pointer === '/nav')).toBe(true);
  });

  it('hands out integers beyond 2^53 as decimal digits', () => {
    const parsed = parseJson(
      '{"ts":"2027-01-15T08:00:00Z","type":"refresh","symbol":null,"qty":null,"price":null,"is_maker":null,"slippage_bps":null,"metadata":{"id":9223372036854775807}}',
    );
    expect(parsed.ok && interpret('events', parsed.value).document).toMatchObject({
      metadata: { id: '9223372036854775807' },
    });
  });

  it('reads a number that was written as a long integer as that number, in a field for numbers', () => {
    const parsed = parseJson(JSON.stringify({ ...nav, nav_total: 13_312_401_533_370_722_000 }));
    expect(parsed.ok && interpret('nav', parsed.value)).toMatchObject({
      document: { nav_total: 13_312_401_533_370_722_000 },
      findings: [],
    });
  });

  it('is not misled by inherited keys or by __proto__', () => {
    const document: unknown = JSON.parse('{"__proto__":{"nav_total":1},"constructor":{"prototype":{"x":1}}}');
    expect(interpret('nav', document).dialect).toBeNull();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
