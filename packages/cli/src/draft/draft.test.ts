import { describe, expect, it } from 'vitest';

import { QUESTIONS } from './draft-field.js';
import { draftSurface } from './draft-surface.js';
import { createObservation, observe } from './observe.js';

interface Field {
  readonly [keyword: string]: unknown;
}

function draftOf(documents: readonly unknown[], name = 'thing', kind: 'state' | 'ledger' = 'state') {
  const seen = createObservation();
  for (const document of documents) observe(seen, document);
  const { schema, questions } = draftSurface(name, kind, seen);
  return { schema, questions, fields: schema['properties'] as Record<string, Field> };
}

describe('a draft', () => {
  it.each<[string, unknown[], Field]>([
    ['ts', [1_764_003_600.5], { $ref: '../common.schema.json#/$defs/EpochSeconds' }],
    ['at', ['2025-11-24T17:00:00Z'], { $ref: '../common.schema.json#/$defs/IsoTimestamp' }],
    ['symbol', ['BTCUSDT', 'ETHUSDT'], { $ref: '../common.schema.json#/$defs/TradingSymbol' }],
    ['slippage_bps', [1.5, -2], { type: 'number', 'x-unit': 'bps' }],
    ['dd_pct', [0.48], { type: 'number', 'x-unit': 'percent' }],
    ['dd_frac', [0.0048], { type: 'number', 'x-unit': 'fraction' }],
    ['trade_count', [3, 4], { type: 'integer', minimum: 0, 'x-unit': 'count' }],
    ['lag_ms', [12], { type: 'number', 'x-unit': 'ms' }],
    ['realized_pnl', [-3.5, null], { type: ['number', 'null'], 'x-unit': 'USD' }],
    ['is_on', [true, false], { type: 'boolean', 'x-unit': 'none' }],
    ['mode', ['OK', 'WARN', 'OK', 'OK', 'WARN', 'OK'], { enum: ['OK', 'WARN'], 'x-unit': 'none' }],
    ['note', ['one of many words'], { type: 'string', 'x-unit': 'none' }],
    ['weights', [{ BTCUSDT: 0.5, ETHUSDT: 0.5 }], { type: 'object', 'x-key': 'symbol, e.g. BTCUSDT' }],
    ['prices', [[1, 2.5]], { type: 'array', items: { type: 'number' }, 'x-unit': 'price' }],
  ])('of %s, seen as %j', (key, values, expected) => {
    const { fields } = draftOf(values.map((value) => ({ updated_ts: 1_764_003_600, [key]: value })));
    expect(fields[key]).toMatchObject(expected);
    expect(fields[key]).toHaveProperty('description');
  });

  it('asks whether a percentage is in points or a share, and never decides', () => {
    const { fields, questions } = draftOf([{ ts: 1_764_003_600, cap_pct: 0.05 }]);
    expect(fields['cap_pct']?.[QUESTIONS]).toContainEqual(expect.stringContaining('percent points'));
    expect(questions).toBeGreaterThan(3);
  });

  it('requires what every document has, says what null and absence are, and names objects', () => {
    const { schema, fields } = draftOf([
      { ts: 1_764_003_600, a: 1, risk: { score: 0.5 } },
      { ts: 1_764_003_601, a: null, b: 1, risk: { score: 0.25 } },
    ]);
    expect(schema['required']).toEqual(['ts', 'a', 'risk']);
    expect(fields['a']).toHaveProperty('x-null');
    expect(fields['b']).toHaveProperty('x-absent');
    expect(fields['risk']).toMatchObject({ $ref: '#/$defs/ThingDocumentRisk' });
    expect(schema['$defs']).toMatchObject({ ThingDocumentRisk: { required: ['score'], additionalProperties: false } });
  });

  it('adds a time where none was seen, and measures age from it', () => {
    const { schema, fields } = draftOf([{ a: 1 }]);
    expect(fields['updated_ts']).toMatchObject({ $ref: '../common.schema.json#/$defs/EpochSeconds' });
    expect(schema).toMatchObject({ 'x-surface': { age: { pointer: '/updated_ts' } } });
    expect(schema[QUESTIONS]).toContainEqual(expect.stringContaining('updated_ts was added'));
  });

  it('says that milliseconds were seen where seconds are wanted', () => {
    const { fields } = draftOf([{ ts: 1_764_003_600_000 }]);
    expect(fields['ts']?.[QUESTIONS]).toContainEqual(expect.stringContaining('Milliseconds'));
  });

  it('takes no value of the data but short words that come again', () => {
    const key = 'q8Zr2tY6uI0oP4aS8dF2gH6jK0lZ4xC8vB2nM6qW0eR4tY8uI2oP6aS0dF4gH8jK';
    const { schema } = draftOf(Array.from({ length: 9 }, () => ({ ts: 1_764_003_600, api: key, api_key: 'short' })));
    expect(JSON.stringify(schema)).not.toContain(key);
    expect(JSON.stringify(schema)).not.toContain('"short"');
  });

  it('drafts rows of an array, and lines', () => {
    const rows = draftOf(
      [
        [
          { ts: 1_764_003_600, qty: 1 },
          { ts: 1_764_003_601, qty: 2 },
        ],
      ],
      'rows',
    );
    expect(rows.schema).toMatchObject({
      type: 'array',
      items: { $ref: '#/$defs/RowsDocumentRow' },
      'x-surface': { age: { pointer: '/*/ts' } },
      'x-shape': { root: 'array' },
    });
    const line = draftOf([{ ts: '2025-11-24T17:00:00Z', qty: 1 }], 'order_log', 'ledger');
    expect(line.schema).toMatchObject({
      $id: 'https://hedge-telemetry.dev/schemas/logs/order_log.schema.json',
      'x-surface': { file: 'execution/order_log.jsonl', stale_after_s: null },
    });
  });

  it.each([[null], [[]], [{}], [5], ['text'], [[[]]], [{ a: {}, b: [], c: null }]])('is made of %j', (document) => {
    expect(draftOf([document]).schema).toMatchObject({ 'x-surface': { name: 'thing' } });
  });

  it('keeps keys that objects are made with', () => {
    const { fields } = draftOf([JSON.parse('{"ts":1764003600,"__proto__":1,"constructor":2}')]);
    expect(Object.keys(fields)).toEqual(['schema', 'ts', '__proto__', 'constructor']);
  });
});
