import type { Case } from '../case.js';

const NOW = 1_764_000_030.5;

const NUMBERS = [
  '0',
  '-0.0',
  '1.0',
  '1e2',
  '-1.5',
  '0.1',
  '0.30000000000000004',
  '1e-6',
  '1e-7',
  '1.5e-7',
  '123456.789e-12',
  '5e-324',
  '1e20',
  '1e21',
  '123456789012345680000',
  '1.2345e21',
  '-1e-10',
  '1.7976931348623157e308',
  '4.35',
  '100',
  '9007199254740991',
  '9007199254740992',
  '2e53',
  '{"$number":"NaN"}',
  '{"$number":"Infinity"}',
  '{"$number":"-Infinity"}',
  '{"$number":"-0"}',

  '{"$integer":"-9007199254740993"}',
  '{"$integer":"18446744073709551616"}',
  '{"$instant":1764000000123}',
  '{"$instant":-1}',
  '{"percentage":"fraction","value":0.07}',
  '{"percentage":"percentPoints","value":7}',
  '{"percentage":"fraction","value":{"$number":"NaN"}}',
  '"1"',
  '"0x10"',
  'true',
  'null',
  '[]',
  '{}',
  '{"$bytes":"12"}',
  '{"$set":[1]}',
];

const TEXTS = [
  '""',
  '"plain"',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
  '"\\u0000\\u001f\\u007f"',
  '"\\u0085\\u2028\\u2029"',
  '"\\ud83d\\ude00 ok"',
  '"\\ud83d"',
  '"\\ude00\\ud83d"',
  '"ÄÖ€中"',
  '"[cut]"',
  '"[redacted:token]"',
  '"nan"',
  '"Decimal(\'1.5\')"',
  '"<Order object at 0x7f0012345678>"',
  '{"$instant":1764000000123}',
  '{"$integer":"12345678901234567890"}',
  '{"$set":["a","b"]}',
  '{"$bytes":"abc"}',
  '1',
  '1.5',
  'true',
  'null',
  '[1,"2",null]',
  '{"b":1,"2":2,"1":3,"a":{"$set":[1,2]}}',
  `{"${'k'.repeat(300)}":1}`,
  '{"__proto__":1}',
  '{"a\\ud800":1}',
  '{"x":[{"$number":"NaN"},{"$instant":5}]}',
];

const TIMES = [
  '0',
  '1764000000',
  '1764000000.25',
  '1764000000123',
  '-1',
  '1e30',
  '{"$number":"NaN"}',
  '"2025-11-24T16:00:00Z"',
];

/** Numbers, texts and times in fields of each kind, and what is no plain data. */
export function valueCases(nav: unknown, event: unknown): Case[] {
  const put = (id: string, surface: 'nav' | 'events', document: unknown, key: string, value: string): Case => ({
    id: `${surface} ${key} ${id}`,
    do: 'write',
    surface,
    text: JSON.stringify({ ...(document as object), [key]: '@' }).replace('"@"', () => value),
    now: NOW,
  });
  const short = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}… ${value.length}` : value);
  return [
    ...NUMBERS.map((value) => put(short(value), 'nav', nav, 'nav_total', value)),
    ...NUMBERS.map((value) => put(short(value), 'events', event, 'order_id', value)),
    ...NUMBERS.map((value) => put(short(value), 'events', event, 'retries', value)),
    ...TIMES.map((value) => put(value, 'nav', nav, 'updated_at', value)),
    ...TEXTS.map((value) => put(short(value), 'events', event, 'metadata', `{"value_of_it":${value}}`)),
    ...TEXTS.map((value) => put(short(value), 'events', event, 'client_order_id', value)),
    ...TEXTS.map((value) => put(short(value), 'events', event, 'symbol', value)),
    ...TEXTS.map((value) => put(short(value), 'nav', nav, 'odd', value)),
    ...percentCases(),
    ...stampCases(nav, event),
  ];
}

/** Percentages and the fractions that follow from them. */
function percentCases(): Case[] {
  const given = [
    '{}',
    '{"dd_pct":5}',
    '{"dd_pct":0.07}',
    '{"dd_frac":0.07}',
    '{"dd_frac":1.5}',
    '{"dd_pct":-3}',
    '{"dd_pct":250}',
    '{"dd_pct":5,"dd_frac":0.05}',
    '{"dd_pct":5,"dd_frac":0.5}',
    '{"dd_pct":5,"dd_frac":"much"}',
    '{"dd_pct":null,"dd_frac":0.25}',
    '{"dd_pct":{"percentage":"fraction","value":0.29}}',
    '{"dd_pct":null,"dd_frac":null}',
    '{"dd_frac":0.29}',
    '{"dd_frac":-0.0}',
    '{"daily_loss_pct":1,"daily_loss_frac":0.5}',
    '{"dd_state":{"drawdown":{"dd_pct":4}},"dd_pct":5}',
  ];
  return given.map((text) => ({ id: `percent ${text}`, do: 'write', surface: 'risk_snapshot', text, now: NOW }));
}

/** Documents without a tag or a time, and clocks that are odd. */
function stampCases(nav: unknown, event: unknown): Case[] {
  const { schema: _, ts: _ts, ...bare } = event as Record<string, unknown>;
  const { schema: _schema, ...untagged } = nav as Record<string, unknown>;
  return [
    ...[NOW, 0, 1_764_000_000, 1_764_000_000.123_999, 253_402_300_799].map((now): Case => ({
      id: `clock ${now}`,
      do: 'write',
      surface: 'events',
      text: JSON.stringify(bare),
      now,
    })),
    {
      id: 'tag alone',
      do: 'write',
      surface: 'events',
      text: JSON.stringify({ schema: 'events_v1', ...bare }),
      now: NOW,
    },
    { id: 'untagged', do: 'write', surface: 'nav', text: JSON.stringify(untagged), now: NOW },
    { id: 'rows', do: 'write', surface: 'positions', text: '[{"symbol":"BTCUSDT"},7,null]', now: NOW },
    ...['[]', 'null', '7', '"x"', '{"$set":[]}', '{"$number":"NaN"}'].map((text): Case => ({
      id: `root ${text}`,
      do: 'write',
      surface: 'nav',
      text,
      now: NOW,
    })),
  ];
}
