import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Formats that both validators assert, each with examples to build witnesses from. */
const examples: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.5+01:00'],
  date: ['2020-01-01'],
  time: ['00:00:00Z'],
  duration: ['P1D', 'PT1H'],
  email: ['a@b.co', 'someone@example.com'],
  'idn-email': ['a@b.co'],
  hostname: ['a.co', 'a', 'example.com'],
  ipv4: ['127.0.0.1', '1.2.3.4'],
  ipv6: ['::1', '2001:db8::1'],
  uri: ['http://a.co', 'urn:a:b', 'https://example.com/a'],
  'uri-reference': ['a', '/a', 'http://a.co'],
  'uri-template': ['a', '/{a}'],
  iri: ['http://a.co'],
  'iri-reference': ['a'],
  uuid: ['00000000-0000-4000-8000-000000000000'],
  'json-pointer': ['', '/a'],
  'relative-json-pointer': ['0', '1/a'],
  regex: ['a', '^a$'],
};

/** Strings worth trying where formats, which no automaton describes here, must hold or fail. */
export const trials: readonly string[] = [...new Set(Object.values(examples).flat()), ' ', '{', '%', 'a b', '-1', '\\'];

/** Whether `text` has the format; undefined where the format is not one whose meaning is known here. */
export function hasFormat(name: string, text: string): boolean | undefined {
  if (!Object.hasOwn(examples, name) || text.length > 1000) return undefined;
  const format: unknown = Reflect.get(fullFormats, name);
  if (format instanceof RegExp) return format.test(text);
  if (typeof format === 'function') return verdict(format, text);
  return isRecord(format) && typeof format.validate === 'function' ? verdict(format.validate, text) : undefined;
}

function verdict(judge: unknown, text: string): boolean | undefined {
  if (typeof judge !== 'function') return undefined;
  const answer: unknown = Reflect.apply(judge, undefined, [text]);
  return typeof answer === 'boolean' ? answer : undefined;
}

function isRecord(value: unknown): value is { validate?: unknown } {
  return typeof value === 'object' && value !== null;
}
