import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';

const redact = createRedactor({ env: {} });

/** Put together from parts, so that no scanner takes this file for a leak. */
const KEY = ['vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zv', 'sw0MuIgwCIPy6utIco14y7Ju91duEh8A'].join('');
const HEX = '9f2c7be1'.repeat(4);
const PASSWORD = 'Tr4ding!QXypEZ';
const UUID = '1a0ea3ee-c3d2-4c56-ba7c-b7ed7ab29b5e';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a secret', () => {
  it.each([
    ['in a pair in round brackets', `[('passphrase', '${PASSWORD}'), ('symbol', 'BTCUSDT')]`, PASSWORD],
    ['in a pair in square brackets', `["apiKey", "${UUID}"]`, UUID],
    ['in a tag', `<config><db_password>${PASSWORD}</db_password></config>`, PASSWORD],
    ['in a name of one word', `PGPASSWORD=${PASSWORD} DRY_RUN=1`, PASSWORD],
    ['with an ampersand, outside of a query', `DB_PASSWORD=BBB&GM64JAjen\nDRY_RUN=1`, 'GM64JAjen'],
    ['behind a tab', `password\thunter2!x`, 'hunter2!x'],
    ['as an option that hints at it', `bot --wif ${KEY.slice(0, 52)} --dry-run`, KEY.slice(0, 52)],
    ['in base64, behind its name', `secretKey b64 ${base64(HEX.toUpperCase())}`, base64(HEX.toUpperCase())],
    ['in base64, short', `smtp_password b64 ${base64('hunter2!x')}`, base64('hunter2!x')],
    [
      'in the base64 of an address',
      `config ${base64('{"dsn":"redis://:hunter2x@cache:6379/0"}')}`,
      base64('{"dsn":"redis').slice(0, 16),
    ],
    [
      'in the base64 of a phrase',
      `see ${base64('legal winner thank year wave sausage worth useful legal winner thank yellow')}`,
      base64('legal winner').slice(0, 15),
    ],
    [
      'percent-encoded twice',
      `sig%253D${encodeURIComponent(encodeURIComponent('dGhlIHNpZ25hdHVyZSBvZg+/Zq1Zs2Xw8Yt3Rk='))}`,
      'dGhlIHNpZ25hdHVyZSBvZg',
    ],
    ['wrapped, with few characters in the second line', `api_secret=${KEY.slice(0, 32)}\n539i`, '539i'],
    ['wrapped, under a name that hints at it', `SIGN=${HEX}\\n${HEX}`, HEX],
    [
      'wrapped, in parts that are not letters and digits alone',
      `BOT_TOKEN=2982202322:r_j0KVUbJd9J-dO6\nYIFNto8p0y`,
      'YIFNto8p0y',
    ],
    [
      'of letters alone, where it is called a credential',
      `invalid credential rgGDLKBgAQudbykdUk rejected`,
      'rgGDLKBgAQudbykdUk',
    ],
  ])('is found %s', (_, text, secret) => {
    expect(text).toContain(secret);
    expect(JSON.stringify(redact({ message: text }).value)).not.toContain(secret);
  });

  it('in base64 whose parts between signs are short is found among the arguments of a call', () => {
    const { value } = redact({ detail: 'klD9NN2YUErdHvG/2omBTErzacoUr+E2rPp4u+sd' });
    expect(value).toEqual({ detail: '[redacted:opaque-token]' });
  });

  it('under a password of its own word is found in fields', () => {
    expect(redact({ PGPASSWORD: PASSWORD, dbpasswd: PASSWORD }).value).toEqual({
      PGPASSWORD: '[redacted:password]',
      dbpasswd: '[redacted:password]',
    });
  });

  it('leaves what stands behind a wrapped token', () => {
    const { value } = redact({ env: `API_SECRET=${KEY}\nDRY_RUN=1\nTZ=UTC` });
    expect(value).toEqual({ env: 'API_SECRET=[redacted:api-secret]\nDRY_RUN=1\nTZ=UTC' });
  });
});

describe('what only looks like a secret', () => {
  it.each([
    ['a token of a page', { pagination_token: base64('{"ts":1764027710,"id":"12897917"}') }],
    ['a token of the next page', { nextPageToken: 'MHO8KCnqmwrWfGzZH6meUscmiQvqCWsY' }],
    ['a key that signatures are verified with', { verifying_key: `04${HEX.repeat(4)}` }],
    ['the name of a gate', { gate: 's3LstmV2Ensemble64x128x64' }],
    ['an id behind its kind', { detail: 'DEC_a78d7fb4a796499b' }],
    [
      'base64 of a harmless record, of the length of an exchange key',
      { body: base64('{"symbol":"BTCUSDT","qty":0.1,"side":"BUY"}123') },
    ],
    ['a list of names', { message: "missing fields: ['api_key', 'api_secret'] of ('password', 'username')" }],
    ['a comparison', { message: 'spread 12 > 10 bps and token: 3 <b>' }],
    ['words behind a line end', { message: 'retry key=BTCUSDT\nfeed restarted' }],
    ['a harmless cursor in base64', { message: `cursor ${base64('{"offset":120,"limit":50}')}` }],
  ])('is left: %s', (_, document) => {
    const { value, findings } = redact(document);
    expect(findings).toEqual([]);
    expect(value).toBe(document);
  });
});
