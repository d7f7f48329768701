import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bip39Words } from './detectors/bip39-english.js';
import { createRedactor, redact } from './index.js';

const TOKEN = `ghp_${'aB3dE6gH9'.repeat(4)}`;
const ENV_VALUE = 'qZ7#rst uvw';
const redactor = createRedactor({ env: { HEDGE_API_KEY: ENV_VALUE } });

/** Documents with secrets strewn into their strings and keys. */
const documents = fc.object({
  maxDepth: 4,
  withDate: true,
  withMap: true,
  withSet: true,
  withBigInt: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withUnicodeString: true,
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'api_key', 'password', 'value', TOKEN)),
  values: [
    fc.anything(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      TOKEN,
      ENV_VALUE,
      `x ${TOKEN} y`,
      `password=${ENV_VALUE}`,
      encodeURIComponent(ENV_VALUE),
      new Error(TOKEN),
    ),
  ],
});

describe('redact', () => {
  it('gives the same object where nothing was found, and no findings', () => {
    const fill = {
      ts: '2026-03-04T05:06:07.089Z',
      type: 'fill',
      symbol: 'BTCUSDT',
      metadata: { ids: ['x-abc123'], note: 'ok' },
    };
    const { value, findings } = redactor(fill);
    expect(value).toBe(fill);
    expect(findings).toEqual([]);
    expect(redact(fill).value).toBe(fill);
  });

  it('keeps the parts of a document that had nothing in them', () => {
    const given = { clean: { a: 1 }, dirty: [TOKEN] };
    const { value } = redactor(given);
    expect(value).toEqual({ clean: { a: 1 }, dirty: ['[redacted:github-token]'] });
    expect((value as typeof given).clean).toBe(given.clean);
  });

  it('counts what it found by kind and place', () => {
    const { findings } = redactor({ a: [`${TOKEN} and ${TOKEN}`], 'b/c': { password: 'hunter2!' } });
    expect(findings).toEqual([
      { kind: 'github-token', pointer: '/a/0', count: 2 },
      { kind: 'password', pointer: '/b~1c/password', count: 1 },
    ]);
  });

  it('keeps keys apart that become the same', () => {
    const { value, findings } = redactor({ [TOKEN]: 1, [TOKEN.replace('9', '8')]: 2 });
    expect(value).toEqual({ '[redacted:github-token]': 1, '[redacted:github-token]~2': 2 });
    expect(JSON.stringify(findings)).not.toContain('ghp_a');
  });

  it('takes the name of a pair and of a container for its values', () => {
    const given = {
      env: [
        { name: 'API_SECRET', value: 'plain7' },
        { name: 'TZ', value: 'UTC' },
      ],
      secrets: { venue: 'plain8' },
    };
    expect(redactor(given).value).toEqual({
      env: [
        { name: 'API_SECRET', value: '[redacted:api-secret]' },
        { name: 'TZ', value: 'UTC' },
      ],
      secrets: { venue: '[redacted:api-secret]' },
    });
  });

  it('asks more of a value under a container that may be a coin', () => {
    const given = { SECRET: { side: 'LONG', free: '1.5' }, password: { value: 'plain9', rotated: 'weekly' } };
    expect(redactor(given).value).toEqual({ ...given, password: { value: '[redacted:password]', rotated: 'weekly' } });
  });

  it('takes a seed phrase that is a list of words', () => {
    const words = 'abandon zoo orbit velvet lamp canyon rebel tuna mixed orchard puppy shrug'.split(' ');
    expect(redactor({ words }).value).toEqual({ words: words.map(() => '[redacted:mnemonic]') });
  });

  it('takes a number for a password where the name says so', () => {
    expect(redactor({ password: 12345678, seed: 42, api_key_age_days: 41 }).value).toEqual({
      password: '[redacted:password]',
      seed: 42,
      api_key_age_days: 41,
    });
  });

  it('leaves what it is given as it was', () => {
    const given = { a: [TOKEN, { b: new Map([[TOKEN, 1]]) }], s: 'x\ud800' };
    const before = structuredClone(given);
    redactor(given);
    expect(given).toEqual(before);
  });
});

describe('for any value, redact', () => {
  it('never throws, gives plain JSON data, and leaves no secret in it or in the findings', () => {
    fc.assert(
      fc.property(documents, (given) => {
        const { value, findings } = redactor(given);
        const text = JSON.stringify([value, findings]);
        expect(text).not.toContain(TOKEN);
        expect(text).not.toContain(ENV_VALUE);
        expect(text).not.toContain(encodeURIComponent(ENV_VALUE));
      }),
      { numRuns: 1500 },
    );
  });

  it('finds nothing more to change in what it gave', () => {
    fc.assert(
      fc.property(documents, (given) => {
        const once: unknown = JSON.parse(JSON.stringify(redactor(given).value));
        const again = redactor(once);
        expect(again.value).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the word list of BIP-39', () => {
  it('is the published one', () => {
    const list = [...bip39Words].map((word) => `${word}\n`).join('');
    expect(createHash('sha256').update(list).digest('hex')).toBe(
      '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda',
    );
  });
});
