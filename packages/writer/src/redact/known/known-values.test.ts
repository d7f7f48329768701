import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, redact as redactWithProcess } from '../index.js';
import { isSensitiveName, secretValues } from './sensitive-env.js';

const NONE = { sensitive: [], harmless: [] };

/** Values as a person or a generator would choose them: any printable character, quotes, spaces and other scripts included. */
const secret = fc
  .string({
    unit: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...printable()) },
      { weight: 1, arbitrary: fc.constantFrom('é', 'ß', '中', '😀', ' ') },
    ),
    minLength: 8,
    maxLength: 120,
  })
  .filter((value) => value === value.trim() && secretValues({ API_KEY: value }, NONE).includes(value));

const ENCODINGS: Readonly<Record<string, (value: string, before: string, after: string) => string>> = {
  verbatim: (value, before, after) => before + value + after,
  'percent-encoded': (value, before, after) => before + encodeURIComponent(value) + after,
  'percent-encoded in full, lower case': (value) =>
    [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'form-encoded': (value) => new URLSearchParams({ q: value }).toString(),
  'percent-encoded twice': (value) => encodeURIComponent(encodeURIComponent(value)).replaceAll('%25', '%'),
  'in hex': (value, before, after) => Buffer.from(before + value + after).toString('hex'),
  'in upper-case hex': (value) => Buffer.from(value).toString('hex').toUpperCase(),
  'JSON-escaped': (value) => JSON.stringify({ k: value }),
  'JSON-escaped twice': (value) => JSON.stringify(JSON.stringify({ k: value })),
  'JSON-escaped to ASCII': (value) =>
    JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'base64, aligned by the text before': (value, before, after) =>
    Buffer.from(before + value + after).toString('base64'),
  'base64url, aligned by the text before': (value, before, after) =>
    Buffer.from(before + value + after).toString('base64url'),
};

function printable(): string[] {
  return Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
}

/** True when no form of the value can be read back from a text. */
function isGone(out: string, value: string): boolean {
  const forms = [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('hex'),
  ];
  return forms.every((form) => !out.includes(form)) && !Buffer.from(out, 'base64').includes(value);
}

describe('values of sensitive variables', () => {
  for (const [title, encode] of Object.entries(ENCODINGS))
    it(`are found ${title}, whatever the field`, () => {
      fc.assert(
        fc.property(
          secret,
          fc.constantFrom('', 'a', 'ab', 'abc'),
          fc.constantFrom('', 'z', 'yz'),
          (value, before, after) => {
            const redact = createRedactor({ env: { SOME_API_KEY: value } });
            const { value: result, findings } = redact({ order_id: encode(value, before, after) });
            const out = (result as { order_id: string }).order_id;
            expect(isGone(out, value), out).toBe(true);
            expect(findings.length).toBeGreaterThan(0);
          },
        ),
        { numRuns: 150 },
      );
    });

  it('are found in map keys, in several places at once, and next to each other', () => {
    const env = { A_TOKEN: 'q7#rst-uvw', B_SECRET: 'q7#rst-uvwxyz' };
    const { value } = createRedactor({ env })({ 'x q7#rst-uvw y': ['q7#rst-uvwxyzq7#rst-uvw', 1] });
    expect(value).toEqual({ 'x [redacted:env-value] y': ['[redacted:env-value][redacted:env-value]', 1] });
  });

  it('are found as far as they go when a text ends within a long one', () => {
    const long = Array.from({ length: 40 }, (_, index) => `K${index}x`).join('-');
    const { value } = createRedactor({ env: { A_KEY: long } })({ note: `saw ${long.slice(0, 60)}` });
    expect(value).toEqual({ note: 'saw [redacted:env-value]' });
  });

  it('are found line by line when they span several', () => {
    const lines = ['first-line-of-the-9-secret', 'second-line-of-the-9-secret'];
    const { value } = createRedactor({ env: { SIGNING_KEY: lines.join('\n') } })({ note: `saw ${lines[1]} alone` });
    expect(value).toEqual({ note: 'saw [redacted:env-value] alone' });
  });

  it('cost the same search for one value as for two hundred', () => {
    const env = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`KEY_${index}`, `v${index}#secret-${index}`]),
    );
    const { value } = createRedactor({ env })({ a: 'v0#secret-0', b: 'v199#secret-199', c: 'v200#secret-200' });
    expect(value).toEqual({ a: '[redacted:env-value]', b: '[redacted:env-value]', c: 'v200#secret-200' });
  });

  it('of the process are found without a configuration, as soon as they are set', () => {
    process.env['LATE_TEST_SECRET'] = 'late#Value91';
    expect(redactWithProcess({ x: 'is late#Value91 here' }).value).toEqual({ x: 'is [redacted:env-value] here' });
    delete process.env['LATE_TEST_SECRET'];
    expect(redactWithProcess({ x: 'is late#Value91 here' }).value).toEqual({ x: 'is late#Value91 here' });
  });
});

describe('the rule by name', () => {
  it.each([
    'BINANCE_API_KEY',
    'apiSecret',
    'TG_BOT_TOKEN',
    'DB_PASSWORD',
    'PGPASSWORD',
    'KEY_PASSPHRASE',
    'ETH_PRIVATE_KEY',
    'SENTRY_DSN',
    'SLACK_WEBHOOK',
    'AWS_CREDENTIALS',
    'SMTP_PASS',
    'WALLET_MNEMONIC',
    'HMAC_KEY_2',
    'AUTH',
  ])('takes %s for sensitive', (name) => expect(isSensitiveName(name, NONE)).toBe(true));

  it.each([
    'PATH',
    'HOME',
    'PWD',
    'KEYBOARD',
    'MONKEY',
    'SSH_AUTH_SOCK',
    'TOKEN_FILE',
    'SECRET_PATH',
    'KEY_NAME',
    'AUTHOR',
    'TOKEN_TTL',
    'BINANCE_TESTNET',
  ])('does not take %s for sensitive', (name) => expect(isSensitiveName(name, NONE)).toBe(false));
});

describe('the rule by value', () => {
  it.each([
    '1',
    'true',
    'production',
    'none',
    '12345',
    '1234567',
    '0.25',
    'short',
    'testnet',
    '/run/secrets/key.pem',
    'https://api.example.com/v1',
    'db.internal:5432',
    '${OTHER}',
    'changeme',
    'xxxxxxxx',
    'aaaaaaaa',
  ])('leaves %s out as trivial', (value) => expect(secretValues({ API_KEY: value }, NONE)).toEqual([]));

  it('takes the password of a URL under any name, encoded and decoded', () => {
    expect(secretValues({ DATABASE_URL: 'postgres://u:p%40ss9x@db/h' }, NONE)).toEqual(['p%40ss9x', 'p@ss9x']);
  });

  it('takes a URL whole where it carries a key', () => {
    expect(secretValues({ ALERT_WEBHOOK: 'https://hooks.example.com/T1/abc' }, NONE)).toEqual([
      'https://hooks.example.com/T1/abc',
    ]);
  });

  it('takes short values of listed names and none of names listed as harmless', () => {
    expect(
      secretValues({ PIN_CODE: '4711', API_KEY: 'abc#123456' }, { sensitive: ['PIN_CODE'], harmless: ['API_KEY'] }),
    ).toEqual(['4711']);
  });

  it('count where they hold the signs of a mask among others, and not where they are one', () => {
    const env = { A_PASSWORD: 'q7#rst...Zq9', B_PASSWORD: 'abcd****wxyz', C_TOKEN: '***', D_TOKEN: 'your-api-key' };
    expect(secretValues(env, NONE)).toEqual(['q7#rst...Zq9']);
  });
});
