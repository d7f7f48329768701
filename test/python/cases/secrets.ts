import type { Case } from '../case.js';

const NOW = 1_764_000_030.5;

/** Made up, and valid nowhere; put together here so that no scanner takes them for real ones. */
const KEY = ['vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zv', 'sw0MuIgwCIPy6utIco14y7Ju91duEh8A'].join('');
const HEX = '9f86d081884c7d65'.repeat(2);
const LONG_HEX = HEX.repeat(2);
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJib3QifQ', 'dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW'].join('.');
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const BASE64 = Buffer.from('api_key=hunter2secretvalue99').toString('base64');
const [BEGIN, END] = ['BEGIN', 'END'].map((word) => `-----${word} EC PRIVATE KEY-----`);
const PEM = `${BEGIN}\nMHcCAQEEIExampleExampleExample0123456789abcdef\n${END}`;
const AWS = ['AKIA', 'Q7WERTYUIOPASDFG'].join('');
const GITHUB = ['ghp', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5'].join('_');
const UUID = '6fa459ea-ee8a-4ca4-894e-db77e160355e';

const TEXTS = [
  `invalid credential ${KEY}`,
  KEY,
  `order id ${KEY}`,
  `tx ${LONG_HEX}`,
  `secret ${HEX}`,
  `Bearer ${JWT}`,
  JWT,
  PHRASE,
  PHRASE.replaceAll(' ', ', '),
  'abandon abandon abandon',
  `postgres://ops:hunter2x@db:5432/x`,
  'https://hooks.example/x?token=abc',
  `https://a.example/p?apiKey=${HEX}&x=1`,
  `https://${KEY}@host/`,
  'http://user:${PASSWORD}@host',
  `wss://stream.example/ws/${KEY}`,
  PEM,
  PEM.replaceAll('\n', '\\n'),
  AWS,
  GITHUB,
  `key b64 ${BASE64}`,
  BASE64,
  'password is hunter2x',
  'password is wrong',
  'the password was 12',
  '--password hunter2x --verbose',
  '-u ops:hunter2x',
  "{'api_key': 'hunter2x9'}",
  '{"secret":"***"}',
  "('password', 'hunter2x')",
  '<password>hunter2x</password>',
  'password%3Dhunter2x',
  'pass\\u0077ord=hunter2x',
  'API_KEY=none',
  'API_SECRET=${API_SECRET}',
  'token=changeme',
  'MASKED_KEY=abcd****wxyz',
  `X-MBX-APIKEY: ${KEY}`,
  `signature=${LONG_HEX}`,
  `credential ${UUID}`,
  UUID,
  `-----BEGIN CERTIFICATE-----\n${KEY}\n-----END CERTIFICATE-----`,
  `sha256:${LONG_HEX}`,
  'at 12:30:45 the key was set',
  `Error: boom\n    at f (/home/bot/app/x.js:10:5)\n    at g (node:internal:1:2)\nafter`,
  'Traceback (most recent call last):\n  File "/srv/bot/a.py", line 3, in run\n    x()\nValueError: bad 12345',
  'Error at run (/home/bot/x.js:1:2) at go (/home/bot/y.js:3:4)',
  'see /home/bot/secrets/file.txt',
  `😀 password=hunter2x😀`,
  'sk_env_value_1',
  'c2tfZW52X3ZhbHVlXzE=',
  '736b5f656e765f76616c75655f31',
  'sk%5Fenv%5Fvalue%5F1',
  'xsk_env_value_1x',
  `key=${KEY.slice(0, 40)}\n${KEY.slice(40)}`,
  'authorization: Basic b3BzOmh1bnRlcjJ4',
  `kraken_key=${HEX}`,
  `${'a'.repeat(40)} ${'b'.repeat(40)}`,
  `password = "a,b;c&d"`,
  'password=a&b=c',
  'secret: plainword',
  'secret: Pl41n!',
  `secret=b'${HEX}'`,
  'Token abcdefgh',
];

const NAMES: [string, string][] = [
  ['api_key', '"abc"'],
  ['apiKey', `"${KEY}"`],
  ['password', '"hunter2"'],
  ['password', '1234'],
  ['password', '12.5'],
  ['password', '999'],
  ['passwords', '["a1b2","none"]'],
  ['secret', '"***"'],
  ['secret', '"unset"'],
  ['SECRET', '{"price":5,"sym":"SECRETUSDT"}'],
  ['secrets', '{"venue":"a1b2c3","n":5}'],
  ['token', '"BTC"'],
  ['token', `"${HEX}"`],
  ['args', `["${KEY}","${HEX}",5]`],
  ['order_hash', `"${KEY}"`],
  ['words', JSON.stringify(PHRASE.split(' '))],
  ['env', '{"name":"API_SECRET","value":"abc1"}'],
  ['env', '{"key":"x","value":"abc1"}'],
  ['value', '"abc"'],
  ['password', '{"value":"abc1","hint":"abc1"}'],
  ['password', '["x1y2",{"0":"x1y2"}]'],
  [KEY, '1'],
  [`token=${HEX}`, '1'],
  ['[redacted:token] password', '"x1y2"'],
  ['authorization', '"Bearer none"'],
  ['cookie', `"${HEX}"`],
  ['private_key', '"0x1234"'],
  ['has_secret', '"abc1"'],
  ['api_key_hash', `"${HEX}"`],
  ['key_id', `"${HEX}"`],
  ['listenKey', `"${KEY}"`],
  ['pgpassword1', '"x1y2"'],
];

/** Secrets of our own making, and what only looks like one, in texts, under names and as keys. */
export function secretCases(event: unknown): Case[] {
  const env = { VENUE_SECRET_KEY: 'sk_env_value_1', DATABASE_URL: 'postgres://u:s3cr3tpw@db/x', PATH_TOKEN: '/etc/x' };
  const of = (id: string, key: string, value: string): Case => ({
    id,
    do: 'write',
    surface: 'events',
    text: JSON.stringify({ ...(event as object), [key]: '@' }).replace('"@"', () => value),
    now: NOW,
    env,
  });
  return [
    ...TEXTS.map((text, index) => of(`text ${index}`, 'metadata', JSON.stringify({ said: text }))),
    ...TEXTS.map((text, index) => of(`field ${index}`, 'client_order_id', JSON.stringify(text))),
    ...TEXTS.map((text, index) => of(`symbol ${index}`, 'symbol', JSON.stringify(text))),
    ...TEXTS.map((text, index) => of(`key ${index}`, 'metadata', JSON.stringify({ [text]: 1, [`${text} `]: 2 }))),
    ...NAMES.map(([name, value], index) =>
      of(`name ${index} ${name.slice(0, 16)}`, 'metadata', `{${JSON.stringify(name)}:${value}}`),
    ),
    ...NAMES.map(([name, value], index) =>
      of(`below ${index} ${name.slice(0, 16)}`, 'metadata', `{"a":[{${JSON.stringify(name)}:${value}}]}`),
    ),
    of('environment', 'metadata', JSON.stringify({ a: 's3cr3tpw', b: '/etc/x', c: 'x sk_env_value_1' })),
  ];
}
