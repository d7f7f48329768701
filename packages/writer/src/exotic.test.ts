import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { fileOf, linesOf, orderEvent, readJson, riskSnapshot, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';

class Decimal {
  readonly s = 1;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

class Position {
  readonly qty = 2;
  #secret = 'x';
  get held(): string {
    return this.#secret;
  }
}

const proto = (): unknown => JSON.parse('{"__proto__":{"polluted":1}}');
const left = Symbol('left out');

/** What is given in a part that the contract leaves open, what is written there, and the rule of the finding, if any. */
const OPEN: readonly (readonly [title: string, value: unknown, written: unknown, rule: string | null])[] = [
  ['NaN', Number.NaN, null, 'non-finite-number'],
  ['an infinity', -Infinity, null, 'non-finite-number'],
  ['a bigint', 2n ** 63n, '9223372036854775808', null],
  ['a Date', new Date(0), '1970-01-01T00:00:00.000Z', null],
  ['an invalid Date', new Date(Number.NaN), null, 'non-finite-number'],
  [
    'a Map',
    new Map<unknown, unknown>([
      ['a', 1],
      [{}, 2],
    ]),
    { a: 1, '[Object]': 2 },
    'value-converted',
  ],
  ['a Set', new Set([1, 'b']), [1, 'b'], 'value-converted'],
  ['an object with toJSON', { toJSON: () => ({ a: 1 }) }, { a: 1 }, 'value-converted'],
  ['a decimal', new Decimal('1.50'), '1.50', 'value-converted'],
  ['a boxed number', Object(5), 5, 'value-converted'],
  ['a URL', new URL('https://ops:hunter2x@host/'), 'https://ops:[redacted:url-password]@host/', 'value-converted'],
  ['a RegExp', /a+/g, '/a+/g', 'value-converted'],
  ['an array of numbers', new Float64Array([1.5, 2]), [1.5, 2], 'value-converted'],
  ['bytes', Buffer.from('key'), '[binary]', 'value-converted'],
  ['a promise', Promise.resolve(1), left, 'unsupported-value'],
  ['a function', () => 1, left, 'unsupported-value'],
  ['a symbol', Symbol('x'), left, 'unsupported-value'],
  ['undefined', undefined, left, null],
  ['a cycle', cycle(), { a: 1 }, 'unsupported-value'],
  [
    'a getter',
    {
      get a() {
        return 1;
      },
    },
    { a: 1 },
    null,
  ],
  [
    'a getter that throws',
    {
      get a() {
        return thrower();
      },
      b: 2,
    },
    { b: 2 },
    'unsupported-value',
  ],
  [
    'a proxy that throws',
    new Proxy({}, { ownKeys: thrower, get: thrower, getPrototypeOf: thrower }),
    left,
    'unsupported-value',
  ],
  ['a toJSON that throws', { toJSON: thrower }, left, 'unsupported-value'],
  ['an own key __proto__', proto(), proto(), 'value-converted'],
  ['an own key constructor', { constructor: { prototype: 1 } }, { constructor: { prototype: 1 } }, null],
  ['a lone surrogate', 'a\ud800', 'a\ufffd', 'value-converted'],
  ['a lone surrogate in a key', { 'a\ud800': 1 }, { 'a\ufffd': 1 }, 'value-converted'],
  ['NUL and line separators', 'a\u0000b\u2028c\u2029', 'a\u0000b\u2028c\u2029', null],
  ['an instance of a class', new Position(), { qty: 2 }, null],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }, null],
  ['a string beyond the limit', 'word '.repeat(4000), `${'word '.repeat(4000).slice(0, 16_378)}…[cut]`, 'value-cut'],
  [
    'a key beyond the limit',
    { ['word '.repeat(100)]: 1 },
    { [`${'word '.repeat(100).slice(0, 250)}…[cut]`]: 1 },
    'value-cut',
  ],
  ['a printed Python value', "Decimal('1.5')", "Decimal('1.5')", 'python-repr'],
  ['a sparse array', [1, , 3], [1, null, 3], null], // oxlint-disable-line no-sparse-arrays
];

describe('in an open part of a record', () => {
  it.each(OPEN)('%s has one outcome, and the record is written', async (title, value, written, rule) => {
    const { ok, rules, record } = await appended('events', { ...orderEvent, metadata: { given: value, kept: 1 } });
    expect(ok).toBe(true);
    expect(record).toMatchObject({ metadata: { kept: 1 } });
    const { metadata } = record as { metadata: object };
    if (written === left) expect(Object.keys(metadata)).toEqual(['kept']);
    else expect(Object.getOwnPropertyDescriptor(metadata, 'given')?.value).toEqual(written);
    expect(rules).toEqual(title === 'a URL' ? [rule, 'secret-redacted'] : rule === null ? [] : [rule]);
  });

  it('an error becomes its name, code, scrubbed message and fingerprint, without paths and frames', async () => {
    const error = Object.assign(
      new TypeError('no /srv/bot/keys.json for https://ops:hunter2x@host', { cause: new Error('inner') }),
      {
        code: 'E_KEYS',
        config: { apiKey: 'hunter2hunter2' },
      },
    );
    const { rules, record, line } = await appended('events', { ...orderEvent, metadata: { error } });
    expect(record).toMatchObject({
      metadata: {
        error: {
          name: 'TypeError',
          code: 'E_KEYS',
          message: 'no [redacted:path] for https://ops:[redacted:url-password]@host',
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      },
    });
    expect(Object.keys((record as { metadata: { error: object } }).metadata.error)).toHaveLength(4);
    expect(line).not.toMatch(/hunter2|inner|exotic\.test/);
    expect(rules).toContain('value-converted');
  });

  it('an error has frames relative to the project where stacks are sanitised', async () => {
    const { record, line } = await appended(
      'events',
      { ...orderEvent, metadata: { error: new Error('x') } },
      { stacks: 'sanitised' },
    );
    const { frames } = (record as { metadata: { error: { frames: string[] } } }).metadata.error;
    expect(frames[0]).toMatch(/^at .*\(packages\/writer\/src\/exotic\.test\.ts:\d+:\d+\)$/);
    expect(line).not.toContain(process.cwd());
  });

  it('nesting beyond 64 levels is left out', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = { a: deep };
    const { ok, rules } = await appended('events', { ...orderEvent, metadata: { deep } });
    expect(ok).toBe(true);
    expect(rules).toEqual(['unsupported-value']);
  });

  it('no prototype is touched', async () => {
    await appended('events', { ...orderEvent, metadata: proto() });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('in a declared field', () => {
  it('a decimal is the nearest number where a number belongs', async () => {
    const { ok, record } = await appended('events', { ...orderEvent, qty: new Decimal('0.003') });
    expect(ok).toBe(true);
    expect(record).toMatchObject({ qty: 0.003 });
  });

  it('an error is one line of text where a text belongs', async () => {
    const { ok, record } = await appended('events', {
      ...orderEvent,
      type: 'error',
      message: new RangeError('too\nfar in /srv/bot/a.js'),
    });
    expect(ok).toBe(true);
    expect(record).toMatchObject({ message: 'RangeError: too far in [redacted:path]' });
  });

  it('a Set is a list and a Map an object', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir, redaction: { env: {} } });
    const { ok } = writer.publish('risk_snapshot', {
      ...riskSnapshot,
      symbols: new Set(),
      dd_pct: 1,
      daily_loss_pct: 1,
    } as never);
    expect(ok).toBe(true);
    await writer.close();
    expect(readJson(fileOf(dir, 'risk_snapshot'))).toMatchObject({ symbols: [] });
  });

  it.each([
    ["Decimal('1.5')", 'symbol'],
    ['nan', 'client_order_id'],
    ['<Order object at 0x7f12ab34>', 'attempt_id'],
    ['datetime.datetime(2026, 1, 1)', 'intent_id'],
  ])('%s is refused: %s', async (value, field) => {
    const { ok, rules } = await appended('events', { ...orderEvent, [field]: value });
    expect(ok).toBe(false);
    expect(rules).toContain('python-value');
  });

  it('a printed Python value is refused at once where a field takes several types, too', async () => {
    const example = path.resolve(import.meta.dirname, '../../../schemas/examples/risk_vetoes/valid/typical.json');
    const veto = JSON.parse(readFileSync(example, 'utf8')) as object;
    for (const value of ["Decimal('1.5')", 'nan', 'None']) {
      const { ok, rules } = await appended('risk_vetoes', { ...veto, thresholds: { min_notional: value } });
      expect([ok, rules]).toEqual([false, expect.arrayContaining(['python-value'])]);
    }
  });

  it.each(["KeyError: Decimal('1.5')", "Decimal('1.5')"])('what somebody says may quote it: %s', async (message) => {
    const { ok, rules } = await appended('events', { ...orderEvent, type: 'error', message });
    expect(ok).toBe(true);
    expect(rules).toEqual(['python-repr']);
  });

  it('a secret that no marker may stand for becomes null, and the record is written', async () => {
    const { ok, rules, record } = await appended(
      'events',
      { ...orderEvent, order_id: '71000042' },
      { values: ['71000042'] },
    );
    expect(ok).toBe(true);
    expect(rules).toEqual(['secret-redacted']);
    expect(record).toMatchObject({ order_id: null });
  });

  it('a stack in a line of text stays a line', async () => {
    const message = 'TypeError: x at publish (/srv/bot/exec.js:184:6) at main (/srv/bot/main.js:1:2)';
    const { ok, record } = await appended(
      'events',
      { ...orderEvent, type: 'error', message },
      { stacks: 'sanitised', root: '/srv/bot' },
    );
    expect(ok).toBe(true);
    expect((record as { message: string }).message).toMatch(/^TypeError: x \[redacted:stack\] \[fp:[0-9a-f]{16}\] at/);
  });
});

describe('a whole record', () => {
  it.each([
    ['a proxy that throws', new Proxy({}, { ownKeys: thrower, get: thrower, getPrototypeOf: thrower })],
    ['an error', new Error('x')],
    ['a cycle', cycle()],
    ['a function', thrower],
    ['nothing', undefined],
  ])('that is %s is refused with a finding', async (_, value) => {
    const { ok, findings } = await appended('events', value);
    expect(ok).toBe(false);
    expect(findings.some(({ level }) => level === 'error')).toBe(true);
  });

  it('may be a Map', async () => {
    const { ok, record } = await appended('events', new Map(Object.entries(orderEvent)));
    expect(ok).toBe(true);
    expect(record).toMatchObject(orderEvent);
  });
});

async function appended(
  name: LedgerName,
  value: unknown,
  options: { stacks?: 'sanitised'; root?: string; values?: string[] } = {},
) {
  const dir = temporaryDirectory();
  const findings: Finding[] = [];
  const onFinding = (each: Finding) => findings.push(each);
  const writer = createWriter({ dir, onFinding, redaction: { env: {}, ...options } });
  const { ok } = writer.append(name, value as never);
  await writer.close();
  const line = existsSync(fileOf(dir, name)) ? (linesOf(fileOf(dir, name))[0] ?? '') : '';
  return {
    ok,
    findings,
    rules: findings.map(({ rule }) => rule),
    line,
    record: ok ? (JSON.parse(line) as unknown) : null,
  };
}

function thrower(): never {
  throw new Error('no');
}

function cycle(): unknown {
  const value: Record<string, unknown> = { a: 1 };
  value['self'] = value;
  return value;
}
