import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';

const SEED = 20_417;
const RUNS = 40;
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';

const redact = createRedactor({ env: {} });

function text(length: number, alphabet: string): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
}

/** Letters and digits as a generator of keys gives them; a sample with hardly a digit is not one. */
function random(length: number, extra = ''): fc.Arbitrary<string> {
  return text(length, ALNUM + extra).filter(
    (value) =>
      value.replace(/\D/g, '').length >= length / 20 + 1 &&
      /^\w.*\w$/.test(value) &&
      /[a-z]/.test(value) &&
      /[A-Z]/.test(value),
  );
}

function base64(bytes: number): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('base64'));
}

function join(...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((all) => all.join(''));
}

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'exchange key': random(64),
  'telegram token': join(fc.constantFrom('12345678', '123456789', '7310042518'), ':', random(35, '_-')),
  'aws access key id': join(fc.constantFrom('AKIA', 'ASIA'), text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')),
  'github token': join(fc.constantFrom('ghp_', 'gho_', 'ghs_'), random(36)),
  'github fine-grained token': join('github_pat_', random(22), '_', random(59)),
  'gitlab token': join('glpat-', random(20)),
  'npm token': join('npm_', random(36)),
  'pypi token': join('pypi-AgEIcHlwaS5vcmc', random(70)),
  'slack token': join(
    fc.constantFrom('xoxb-', 'xoxp-'),
    text(12, '0123456789'),
    '-',
    text(12, '0123456789'),
    '-',
    random(24),
  ),
  'google key': join('AIza', random(35)),
  'service key with a prefix': join(fc.constantFrom('sk-proj-', 'sk-ant-api03-', 'sk_live_', 'rk_live_'), random(40)),
  'sendgrid key': join('SG.', random(22), '.', random(43)),
  'vault token': join('hvs.', random(90)),
  'cloud token': join('dop_v1_', text(64, HEX)),
  jwt: join('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI', random(12), '.', random(43)),
  'extended private key': join('xprv', text(107, ALNUM.replace(/[0OIl]/g, ''))),
  'bitget key': join('bg_', text(32, HEX)),
};

const NAMED: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ...FORMATS,
  'kraken secret': base64(64),
  'aws secret': base64(30),
  'okx secret': text(32, HEX.toUpperCase()),
  'bybit key': random(18),
  'bybit secret': random(36),
  'hex private key': join(fc.constantFrom('', '0x'), text(64, HEX)),
  uuid: fc.uuid(),
  'human password': join(fc.constantFrom('hunter', 'G0lden!', 'lamp-orbit-'), text(6, ALNUM), '7'),
};

const NAMES = [
  'api_key',
  'apiSecret',
  'BINANCE_API_SECRET',
  'secretKey',
  'password',
  'auth_token',
  'X-MBX-APIKEY',
  'db_passwd',
];

const PLACES: Readonly<Record<string, (name: string, secret: string) => unknown>> = {
  'a field': (name, secret) => ({ config: { [name]: secret } }),
  'a list': (name, secret) => ({ [name]: ['', secret] }),
  'an environment dump': (name, secret) => ({ env: `A=1 ${name}=${secret} B=2` }),
  'a Python dict': (name, secret) => ({ message: `{'${name}': '${secret}', 'side': 'BUY'}` }),
  'JSON in a string': (name, secret) => ({ payload: JSON.stringify({ [name]: secret, symbol: 'X' }) }),
  'escaped JSON in a string': (name, secret) => ({ payload: JSON.stringify(JSON.stringify({ [name]: secret })) }),
  'a query': (name, secret) => ({
    error: `401 url=https://api.example.com/v1/x?a=1&${name}=${encodeURIComponent(secret)}&b=2`,
  }),
  'an encoded assignment': (name, secret) => ({ message: encodeURIComponent(`${name}=${secret}`) }),
  'a note': (name, secret) => ({ note: `read ${name}: "${secret}" from disk` }),
  'a command line': (name, secret) => ({ cmd: `run --${name}=${secret} --now` }),
  'a header line': (name, secret) => ({ message: `> ${name}: ${secret}\n> Accept: */*` }),
};

function left(document: unknown, secret: string): boolean {
  const out = JSON.stringify(redact(document).value);
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some((form) => out.includes(form));
}

function missed(kinds: typeof NAMED, place: (secret: string) => unknown): Record<string, number> {
  const result: Record<string, number> = {};
  for (const [kind, arbitrary] of Object.entries(kinds)) {
    const count = fc
      .sample(arbitrary, { numRuns: RUNS, seed: SEED })
      .filter((secret) => left(place(secret), secret)).length;
    if (count > 0) result[kind] = count;
  }
  return result;
}

describe('a secret with a telling name', () => {
  for (const [title, place] of Object.entries(PLACES))
    it(`is taken out of ${title}`, () => {
      for (const name of NAMES)
        expect(
          missed(NAMED, (secret) => place(name, secret)),
          name,
        ).toEqual({});
    });
});

describe('a secret of a known format', () => {
  it('is taken out of a field that says nothing of it', () => {
    expect(missed(FORMATS, (secret) => ({ foo: secret }))).toEqual({});
    expect(missed(FORMATS, (secret) => ({ foo: `seen <${secret}>, twice: ${secret}` }))).toEqual({});
  });

  it('is taken out of a map key, a set and an error', () => {
    expect(missed(FORMATS, (secret) => ({ [secret]: 1, deep: new Set([secret]) }))).toEqual({});
    expect(missed(FORMATS, (secret) => ({ error: new Error(`bad key ${secret}`) }))).toEqual({});
  });
});

describe('an opaque token without a name', () => {
  const tokens = {
    'bybit secret': random(36),
    'hex key': join('0x', text(64, HEX)),
    'okx secret': text(32, HEX.toUpperCase()),
  };

  it('is taken where the words beside it call it a credential', () => {
    for (const words of ['invalid credential', 'api key', 'rejected secret', 'private key', 'token'])
      expect(
        missed(tokens, (secret) => ({ message: `call failed: ${words} ${secret} for BTCUSDT` })),
        words,
      ).toEqual({});
  });

  it('is taken among the arguments of a call', () => {
    expect(missed(tokens, (secret) => ({ args: ['BTCUSDT', secret], kwargs: { 0: secret } }))).toEqual({});
  });

  it('is left where they call it something else', () => {
    const samples = Object.values(tokens).flatMap((arbitrary) => fc.sample(arbitrary, { numRuns: RUNS, seed: SEED }));
    for (const token of samples)
      for (const words of ['order id', 'tx hash', 'api key rotated, deposit tx', 'commit'])
        expect(redact({ message: `${words} ${token} seen` }).findings, `${words} ${token}`).toEqual([]);
  });
});

describe('secrets of other forms', () => {
  const cases: readonly [title: string, text: string, secret: string][] = [
    ['password of a URL', 'postgresql://bot:G0lden!x@10.9.8.7/trades', 'G0lden!x'],
    ['URL password with a slash', 'redis://u:ab/cd3@queue.example.org:6379/0', 'ab/cd3'],
    [
      'signature',
      'GET /v1/order?symbol=X&signature=8a67639f74080f56c5aa328f676226e236a23e238e3b1c77fc4c011f1bd38f1f',
      '8a67639f74080f56',
    ],
    [
      'slack webhook',
      'https://hooks.slack.com/services/T0000000A/B0000000B/0spGJThFB1f6W70wakADyeJw',
      '0spGJThFB1f6W70wakADyeJw',
    ],
    ['discord webhook', `https://discord.com/api/webhooks/100000000000000001/${'aB3_'.repeat(17)}`, 'aB3_aB3_'],
    [
      'telegram URL',
      'https://api.telegram.org/bot7310042518:1w5BsAPFq7dH3YeG42IPQNx1FKKJBD93Oqg/send',
      '1w5BsAPFq7dH3Y',
    ],
    ['basic authorization', 'Authorization: Basic Ym90OlZuNHQwcnF1YXk=', 'Ym90OlZuNHQwcnF1YXk'],
    ['bearer authorization', 'refused, authorization: bearer cdf83fd989e60f210402362d53c9efc6', 'cdf83fd989e60f21'],
    [
      'PEM block',
      '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIExample0Body\n-----END EC PRIVATE KEY-----',
      'MHcCAQEEIExample0Body',
    ],
    ['torn PEM block', 'x -----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0B', 'MIIEvQIBADANBgkqhkiG9w0B'],
    [
      'seed phrase',
      'restore: abandon zoo orbit velvet lamp canyon rebel tuna mixed orchard puppy shrug and so on',
      'velvet lamp',
    ],
    [
      'base64 of a key in words',
      `key b64 ${Buffer.from(`api_key=${'aB3dE6gH'.repeat(8)}`).toString('base64')}`,
      'YXBpX2tleT1h',
    ],
    [
      'token on two lines',
      'api_key=41pb2QS353F2hUU6MxRXwurevxxphZgi\nZ3QYv4j1tqT7FRrGJIX7ysDN60lnjmrl',
      'Z3QYv4j1tqT7FRrG',
    ],
    ['password in a sentence', 'login with password is hunter2x today', 'hunter2x'],
    ['user of curl', 'curl -u ops:s3cretPw https://x.example', 's3cretPw'],
  ];

  it.each(cases)('take out the %s and keep the rest', (_title, given, secret) => {
    const { value, findings } = redact({ message: given });
    expect(JSON.stringify(value)).not.toContain(secret);
    expect(JSON.stringify(value)).toContain(given.slice(0, 4));
    expect(findings).toHaveLength(1);
  });
});
