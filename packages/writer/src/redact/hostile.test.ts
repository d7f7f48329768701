import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';

const MEGABYTE = 1_048_576;
const redact = createRedactor({
  env: { A_KEY: 'ababababababababababababababc', B_SECRET: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' },
  limits: { string: 4 * MEGABYTE, size: 16 * MEGABYTE },
});
const bounded = createRedactor({ env: {} });

/** Near misses of every kind of pattern, to be repeated without end. */
const NEAR_MISSES: readonly string[] = [
  'a',
  'A',
  '0',
  'aB3',
  '=',
  ':',
  '"',
  "'",
  '\\',
  '\\"',
  '%',
  '%41',
  '\\u0041',
  '/',
  '@',
  '.',
  '-',
  '_',
  ' ',
  '\n',
  '\t',
  '(',
  '<',
  '[',
  '{',

  'ab',
  'eyJ',
  'eyJaaaaaaaaaa.',
  'eyJaaaaaaaaaaeyJ.',
  'ghp_',
  'AKIA',
  'xoxb-',
  'sk-',
  'sk-proj-',
  'SG.',
  'npm_',
  'AIza',
  'hvs.',
  'SK0',
  '0x',
  '0x0f',

  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----A',
  '-----BEGIN ',
  '-----BEGIN CERTIFICATE-----',
  'Private-Lines: 1',
  '-----END',

  'key=',
  'key="',
  "key='",
  'key: ',
  'key=key:',
  'token=[(',
  'key="a\\',
  'api key=',
  'a.b-c_d=',
  'key=a,',
  'key=;b=',
  'authorization: bearer ',
  '://',
  '://a',
  'a://b:',
  'a://b:c',
  'a://b:c@',
  'http://a:b/c@',
  'postgres://u:p/',
  '@@',

  'abandon ',
  'abandon,',
  'abandon abandon x ',
  'key aB3dE6gH9jK2mN5p ',
  'credential ',
  'aB3dE6gH9jK2mN5p',
  'password ',
  'password is ',
  'secret is ',

  '    at ',
  '\n    at ',
  '\n    at x (',
  '\n    at x (/a',
  '\n    at x (/a:1:1)',
  ' at /a:1:1',
  '\n  File "',
  '\n  File "a", line 1',
  'File "a", line ',
  'Traceback (most recent call last):\n',
  '\n    x = 1',

  '--password ',
  '-u a:',
  '--a b ',
  'Basic aaaaaaaa',
  'Bearer a1',
  '/home/',
  'C:\\',
  '\\\\a',
  'file://',
  "Decimal('",
  '<a object at 0x',
  '<a.b',
  'datetime(',

  '123456789:',
  '123456789:a',
  'hooks.slack.com/services/',
  'discord.com/api/webhooks/1/',
  'data:;base64,',
  'sha256:',
  'ssh-rsa AAAA',
  ';base64,a',
  'YWFh',
  'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh ',
  '\ud800',
  '\0',
  '\u2028',
  '😀',
  '${',
  '****',
  'xxxxxx',
  '{{',
  '<',
  'your-',
  'not a',
];

/** Milliseconds of processor time, which other processes do not lengthen as they do the clock's. */
function milliseconds(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

const LENGTH = MEGABYTE / 4;
/** Below this, what is measured is the measuring. */
const LEAST_MS = 100;

describe('a long string of near misses', () => {
  it.each(NEAR_MISSES.map((part) => [JSON.stringify(part), part]))(
    'of %s costs no more than in proportion to its length',
    (_title, part) => {
      const run = (length: number): number => {
        const text = part.repeat(Math.ceil(length / part.length));
        return milliseconds(() => redact({ message: text }));
      };
      const small = run(LENGTH / 8);
      const large = run(LENGTH);
      expect(large / 8, `${small} ms for an eighth, ${large} ms for all`).toBeLessThan(Math.max(4 * small, LEAST_MS));
    },
  );

  it('is cut to the limit before it is judged', () => {
    for (const part of NEAR_MISSES) {
      const { value } = bounded({ message: part.repeat(LENGTH / part.length) });
      expect((value as { message: string }).message.length, JSON.stringify(part)).toBeLessThanOrEqual(16_384);
    }
  });
});
