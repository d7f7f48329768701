import type { FieldNode } from '@hedge-telemetry/contract';

import { seededRandom } from '../random.js';

/** JSON that stands where the contract asks for something else, or for the same in another way. */
const ODD = [
  'null',
  'true',
  'false',
  '0',
  '-0.0',
  '-1',
  '1',
  '1.0',
  '0.1',
  '1e-7',
  '5e-324',
  '1e21',
  '1.5e300',
  '1e400',
  '100.5',

  '9007199254740991',
  '9007199254740993',
  '12345678901234567890',
  '99999999999',
  '1764000000000',
  '1e2',
  '-3.25e-9',

  '""',
  '"x"',
  '"1.5"',
  '"nan"',
  '"None"',
  '"BTCUSDT"',
  '"2025-11-24T16:00:00Z"',
  '"2025-02-31T24:00:00+05:30"',
  '"fresh"',

  '"a\\u0000b\\n"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\u2028\\u0085"',
  '"password=hunter2x9"',
  '"Bearer abcdefgh12345678901"',

  '"Decimal(\'1.5\')"',
  '"-----BEGIN PRIVATE KEY-----abc"',
  '"at f (/srv/x.js:1:2)"',
  '"https://u:pw9x@h/p?token=abc"',

  '[]',
  '{}',
  '[null]',
  '[1,[2,{"a":[]}]]',
  '{"1":1,"0":2,"a":3}',
  '{"schema":1}',
  '{"percentage":"fraction","value":0.29}',

  '{"percentage":"percentPoints","value":250}',
  '{"$number":"NaN"}',
  '{"$number":"-Infinity"}',
  '{"$instant":1764000000001}',

  '{"password":"x1y2","note":"ok"}',
  '{"type":"order"}',
  '"fraction"',
  '"100.00"',
  `"${'w'.repeat(300)}"`,
  '[[[[[[]]]]]]',
];
const KEYS = [
  'extra',
  '7',
  '__proto__',
  'a/b~c',
  'password',
  'symbol',
  'ts',
  'updated_at',
  'schema',
  'type',
  'dd_frac',
  'value',
  'nän',
];
const MARK = '\u0001';

/** Makes documents of a surface that depend on the seed alone: JSON, most of it near to what the contract asks for. */
export function randomDocuments(root: FieldNode, examples: readonly unknown[], seed: number): () => string {
  const random = seededRandom(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[whole(from.length)];
    if (picked === undefined) throw new Error('there is nothing to pick from');
    return picked;
  };
  const odd = (): string => MARK + String(whole(ODD.length));

  function made(node: FieldNode): unknown {
    if (random() < 0.02) return odd();
    if (node.nullable && random() < 0.15) return null;
    switch (node.kind) {
      case 'object':
        return object(node);
      case 'union':
        return made(pick(Object.values(node.branches ?? {})));
      case 'array':
        return Array.from({ length: whole(4) }, () => (node.items === undefined ? odd() : made(node.items)));
      case 'map':
        return Object.fromEntries(
          Array.from({ length: whole(4) }, (_, index) => [
            `KEY${index}`,
            node.values === undefined ? 1 : made(node.values),
          ]),
        );
      case 'open':
        return Object.fromEntries(Array.from({ length: whole(3) }, () => [pick(KEYS), odd()]));
      case 'scalar':
        return scalar(node);
    }
  }

  function object({ fields = {}, required = [] }: FieldNode): unknown {
    const kept = Object.entries(fields).filter(([key]) => random() < (required.includes(key) ? 0.99 : 0.6));
    return Object.fromEntries(kept.map(([key, field]) => [key, made(field)]));
  }

  function scalar({ const: fixed, enum: choices, type, unit, pattern, range = {} }: FieldNode): unknown {
    if (fixed !== undefined) return fixed;
    if (choices !== undefined) return pick(choices);
    if (type === 'boolean') return random() < 0.5;
    if (unit === 'epoch_s') return 1_764_000_000 + whole(100) / 4;
    if (type === 'integer') return whole(50);
    if (type === 'number')
      return Math.min(range['maximum'] ?? Infinity, whole(4) / 8 + (random() < 0.3 ? random() : 0));
    if (pattern !== undefined)
      return unit === 'iso8601' ? '2025-11-24T16:00:00.5Z' : pick(['12345678', '0123abcd', 'x y']);
    return pick(['BTCUSDT', 'a b', 'okay', 'LONG', '']);
  }

  function mutated(value: unknown): unknown {
    if (random() < 0.04) return odd();
    if (Array.isArray(value)) return value.filter(() => random() > 0.03).map(mutated);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).flatMap(([key, each]): [string, unknown][] =>
      random() < 0.02 ? [] : [[key, mutated(each)]],
    );
    if (random() < 0.1) entries.splice(whole(entries.length), 0, [pick(KEYS), odd()]);
    return Object.fromEntries(entries);
  }

  return () => {
    const value = random() < 0.5 ? made(root) : mutated(pick(examples));
    const text = JSON.stringify(value);
    return text.replace(/"\\u0001(\d+)"/g, (_, index: string) => ODD[Number(index)] ?? 'null');
  };
}
