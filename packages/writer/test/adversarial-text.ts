import fc from 'fast-check';

/** Put together from parts, so that no scanner takes this file for a leak. */
const TOKENS = [
  `ghp_${'aB3dE6gH9'.repeat(4)}`,
  ['AKIA', 'QWERTYUIOPASDFGH'].join(''),
  ['xoxb', '1234567890', 'abcdefghij'].join('-'),
  ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_'),
  `123456789:${'AAbbCCddEE'.repeat(3)}AAbbC`,
  ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJ4In0', 'c2lnbmF0dXJlLW9m'].join('.'),
  'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A',
  '9f2c7be1'.repeat(8),
  'klD9NN2YUErdHvG/2omBTErzacoUr+E2rPp4u+sd',
  'dGhlIHBhc3N3b3JkPWh1bnRlcjI=',
  'YXBpX2tleT1obnRlcjJobnRlcjI',
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  '7100000000000000042',
  'x-HNA2TXFJ3b9f8a7c6d5e4f30',
];
const WORDS = [
  'password pwd passphrase secret api_key token key Basic Bearer apikey credential order id is was the at ts in legal winner',
  'thank year wave sausage worth useful yellow -u -p --pass --token user:pw -----BEGIN PRIVATE KEY----- sha256- node:fs nan',
  'Traceback at /srv/bot/a.js:12:34 File Decimal( datetime.datetime(2026 <Foo object 0x7f12ab34> spike bypass second None -inf',
  'https://ops:hunter2x@host/x?signature=abcdef0123456789 wss://h/ws/abc SharedAccessKey= hooks.slack.com/services/T1/B1/abcdefgh1',
  '12:05:33 2026-03-04T05:06:07Z 4.2% 5%41 [redacted:token] $TOKEN {} BTC/USDT AbCd1234 hunter2! x9#kQ-2z YWRtaW46aHVudGVyMng=',
].flatMap((line) => line.split(' '));
const PHRASE = ['legal', 'winner', 'thank', 'year', 'wave', 'zoo', 'act', 'abstract'];
const WHOLE = [
  'at node:internal:12:34',
  'failed at node:fs:12:34 in the loop',
  'mongodb://ops:hunter2x@host',
  'run --api-key x9#kQ-2z now',
  'call -p x9#kQ-2z --auth-token aB3dE6gH9x',
  'curl -u ops:x9kQ2z host',
  'x-----BEGIN PRIVATE KEY----- 71000000000000000042',
  'file://srv id 7100000000000000042',
  'at /srv/bot/a1:12:34',
  "Foo(1) Decimal('1.5') of 3",
  'at 12:05 password=hunter2x',
  'pwd x9#kQ-2z',
  'my pwd hunter2x was',
  `12345678:${'1234567-TZ'.repeat(3)}12345`,
  ['dp.pt', 'abcdef.ghijkl.mnopqr.stuvwx.yzabcd.efghij.kl 7100000000000000042'].join('.'),
  "('password', 'hunter2x')",
  '<password>hunter2x</password> at',
];
const GLUE = [
  ' ',
  '=',
  ':',
  ': ',
  ', ',
  '/',
  '-',
  '--',
  '_',
  '.',
  '"',
  "'",
  '\\',
  '\n',
  '\t',
  '(',
  ')',
  '<',
  '%',
  '%3D',
  '+',
  '',
  '',
  'é',
  '\ud800',
  '[',
  '@',
  '&',
];

/** Texts made of secrets, of what stands around secrets, and of what only looks like one; `further` are parts as well. */
export function adversarialText(further: readonly string[]): fc.Arbitrary<string> {
  const token = fc.constantFrom(...TOKENS, ...further);
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 2, arbitrary: token },
    { weight: 1, arbitrary: token.map((each) => each.slice(0, each.length >> 1)) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/) },
    { weight: 1, arbitrary: fc.stringMatching(/^\d{1,24}$/) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  );
  const glued = fc.array(fc.tuple(part, fc.constantFrom(...GLUE)), { minLength: 1, maxLength: 7 });
  const plain = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 30 });
  const phrase = fc.tuple(
    fc.array(fc.constantFrom(...PHRASE), { minLength: 11, maxLength: 14 }),
    fc.constantFrom(' ', ', ', '-'),
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...WHOLE) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...WHOLE), fc.constantFrom(...GLUE), part).map((parts) => parts.join('')),
    },
    { weight: 1, arbitrary: phrase.map(([words, separator]) => `see ${words.join(separator)}`) },
    { weight: 8, arbitrary: glued.map((pairs) => pairs.flat().join('').slice(0, 700)) },
    { weight: 4, arbitrary: fc.tuple(part, fc.constantFrom(...GLUE), part).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: part },
    { weight: 1, arbitrary: plain.map((words) => words.join(' ')) },
  );
}
