import { registry } from '@hedge-telemetry/contract';
import type { SurfaceName } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { nav, navPoint, orderEvent, riskSnapshot } from '../test/fixtures.js';
import { fraction, percentPoints } from './index.js';
import { prepare } from './prepare.js';
import { createRedaction } from './redact/index.js';

const NOW = 1_764_000_123.456;
const redaction = createRedaction({ env: {} });

function prepared(name: SurfaceName, input: unknown) {
  return prepare(registry[name], input, () => NOW, redaction);
}

function document(name: SurfaceName, input: unknown): unknown {
  const { text } = prepared(name, input);
  return text === null ? null : JSON.parse(text);
}

function rulesOf(name: SurfaceName, input: unknown): string[] {
  return prepared(name, input).findings.map(({ rule }) => rule);
}

describe('the schema tag', () => {
  it('is stamped as the first key where the caller gave none', () => {
    expect(prepared('nav', nav(1)).text).toMatch(/^\{"schema":"nav_v1","nav_total":1,/);
  });

  it('stays where the caller gave it', () => {
    expect(prepared('nav', { ...nav(1), schema: 'nav_v1' }).text).toMatch(/"schema":"nav_v1"\}\n$/);
  });

  it('is stamped where the caller gave undefined', () => {
    expect(prepared('nav', { schema: undefined, ...nav(1) }).text).toMatch(/^\{"schema":"nav_v1"/);
  });

  it('is not corrected where the caller gave a wrong one', () => {
    expect(rulesOf('nav', { ...nav(1), schema: 'nav_v0' })).toEqual(['const-mismatch']);
  });

  it('is not put on a document that is an array', () => {
    expect(prepared('positions', []).text).toBe('[]\n');
  });
});

describe('ts', () => {
  it('is filled in epoch seconds where the ledger counts in them', () => {
    expect(prepared('nav_history', { nav_total: 1 }).text).toBe(
      `{"schema":"nav_history_v1","ts":${NOW},"nav_total":1}\n`,
    );
  });

  it('is filled in ISO 8601 in the branch that the record is of', () => {
    expect(document('events', orderEvent)).toMatchObject({ ts: '2025-11-24T16:02:03.456Z' });
  });

  it('is kept as the caller gave it', () => {
    expect(document('events', { ...orderEvent, ts: '2025-11-24T10:00:00+02:00' })).toMatchObject({
      ts: '2025-11-24T10:00:00+02:00',
    });
  });

  it('takes a Date in the unit of the field', () => {
    const ts = new Date(1500);
    expect(document('events', { ...orderEvent, ts })).toMatchObject({ ts: '1970-01-01T00:00:01.500Z' });
    expect(document('nav_history', { ts, nav_total: 1 })).toMatchObject({ ts: 1.5 });
  });

  it('is not invented where the caller gave null', () => {
    expect(rulesOf('nav_history', { ts: null, nav_total: 1 })).toEqual(['type-mismatch']);
  });

  it('is missing rather than wrong where the clock has no time', () => {
    const { text, findings } = prepare(registry.nav_history, { nav_total: 1 }, () => NaN, redaction);
    expect(text).toBeNull();
    expect(findings).toMatchObject([{ rule: 'required-missing', pointer: '/ts' }]);
  });

  it('is never stamped on a document whose schema requires it: it says when the content arose', () => {
    expect(prepared('nav', { ...nav(1), updated_at: undefined })).toMatchObject({
      text: null,
      findings: [{ rule: 'required-missing' }],
    });
  });
});

describe('percentages', () => {
  it('give dd_frac and daily_loss_frac in fractions and their sources in percent points', () => {
    const given = { ...riskSnapshot, dd_pct: percentPoints(0.13), daily_loss_pct: fraction(0.13) };
    expect(document('risk_snapshot', given)).toMatchObject({
      dd_pct: 0.13,
      dd_frac: 0.0013,
      daily_loss_pct: 13,
      daily_loss_frac: 0.13,
    });
  });

  it('fill the source where only the fraction is given', () => {
    const given = { ...riskSnapshot, dd_frac: percentPoints(0.13), daily_loss_frac: fraction(0.13) };
    expect(document('risk_snapshot', given)).toMatchObject({ dd_pct: 0.13, dd_frac: 0.0013, daily_loss_pct: 13 });
  });

  it('that contradict each other refuse the document', () => {
    const drawdown = { dd_pct: 2 };
    const given = { ...riskSnapshot, dd_pct: 1, daily_loss_frac: null, dd_state: { dd_state: null, drawdown } };
    expect(prepared('risk_snapshot', given).text).toBeNull();
    expect(rulesOf('risk_snapshot', given)).toContain('percent-contradiction');
  });
});

describe('numbers', () => {
  it('that are not finite become null, are counted and warned of', () => {
    const result = prepared('nav', { ...nav(1), nav_total: NaN, nav_age_s: Infinity });
    expect(result.nonFinite).toBe(2);
    expect(result.text).toContain('"nav_total":null,"nav_age_s":null');
    expect(result.findings.map(({ rule, level }) => [rule, level])).toEqual([
      ['non-finite-number', 'warning'],
      ['non-finite-number', 'warning'],
    ]);
  });

  it.each([9_007_199_254_740_993_017n, '9007199254740993017'])('keep every digit of the 64-bit id %s', (order_id) => {
    expect(document('events', { ...orderEvent, order_id })).toMatchObject({ order_id: '9007199254740993017' });
  });

  it('keep the digits of a bigint in free-form metadata', () => {
    expect(document('events', { ...orderEvent, metadata: { trade: 2n ** 63n } })).toMatchObject({
      metadata: { trade: '9223372036854775808' },
    });
  });

  it('refuse an id that has already lost digits', () => {
    expect(rulesOf('events', { ...orderEvent, order_id: 2 ** 60 })).toContain('unsafe-integer');
  });
});

describe('a document', () => {
  it.each(['\u0085', '\u2028', '\u2029', '\n', '\r', '\v', '\f', '\u001C', '\u001D', '\u001E'])(
    'of a ledger holds no line break, whatever its text holds: %j',
    (character) => {
      const text = prepared('events', { ...orderEvent, metadata: { [character]: character } }).text ?? '';
      expect(text.endsWith('\n')).toBe(true);
      expect(text.slice(0, -1)).not.toMatch(/[\n\r\v\f\u001C-\u001E\u0085\u2028\u2029]/);
      expect(JSON.parse(text)).toMatchObject({ metadata: { [character]: character } });
    },
  );

  it('names its surface in every finding', () => {
    const { findings } = prepared('nav', { nav_total: NaN, more: 1 });
    expect(new Set(findings.map(({ surface }) => surface))).toEqual(new Set(['nav']));
    expect(findings.length).toBeGreaterThan(2);
  });

  it('with a text longer than telemetry holds is written with the text cut', () => {
    const { text, findings } = prepared('events', { ...orderEvent, metadata: { note: 'e'.repeat(5_000_000) } });
    expect(findings).toMatchObject([{ rule: 'value-cut', pointer: '/metadata/note' }]);
    expect(text?.length).toBeLessThan(20_000);
  });

  it('that no reader would accept for its length is refused', () => {
    const notes = Array.from({ length: 256 }, () => '\u20ac'.repeat(16_000));
    expect(rulesOf('events', { ...orderEvent, metadata: { notes } })).toEqual(['line-too-long']);
  });

  it.each([
    ['a getter that throws in the root', Object.defineProperty({}, 'nav_total', { enumerable: true, get: thrower })],
    [
      'a getter that throws where percentages are looked for',
      {
        nav_total: {
          percentage: 'fraction',
          get value() {
            return thrower();
          },
        },
      },
    ],
    ['a proxy that throws', new Proxy({}, { ownKeys: thrower, get: thrower, getPrototypeOf: thrower })],
    ['a revoked proxy', revoked()],
    ['a Date that throws', { updated_at: Object.assign(new Date(0), { getTime: thrower }) }],
    ['a cycle', cycle()],
    ['a toJSON that throws', { ...nav(1), toJSON: thrower, nav_total: { toJSON: thrower } }],
    ['a tag that is an object that throws', { type: { toString: thrower } }],
  ])('with %s is refused with a finding', (_title, input) => {
    for (const name of ['nav', 'positions', 'events', 'nav_history'] as const) {
      const { text, findings } = prepared(name, input);
      expect(text).toBeNull();
      expect(findings.some(({ level }) => level === 'error')).toBe(true);
    }
  });

  it('is refused rather than the clock trusted, where the clock throws', () => {
    expect(prepare(registry.nav_history, { nav_total: 1 }, thrower, redaction).text).toBeNull();
  });

  it('is not changed', () => {
    const given = Object.freeze({ ...navPoint(1), schema: undefined });
    prepared('nav_history', given);
    expect(given).toEqual({ ts: 1_764_000_000, nav_total: 1, schema: undefined });
  });
});

function thrower(): never {
  throw new Error('secret');
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cycle(): unknown[] {
  const array: unknown[] = [];
  array.push({ array });
  return array;
}
