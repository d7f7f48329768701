import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';
import type { ErrorRecord } from './index.js';

const redact = createRedactor({ env: {} });
const sanitising = createRedactor({ env: {}, stacks: 'sanitised', root: '/srv/bot' });

/** An error as another installation would have raised it. */
function raised(message: string, root: string, line: number): Error {
  const error = new TypeError(message);
  error.stack = `TypeError: ${message}\n    at publish (${root}/src/client.ts:${line}:11)\n    at async main (${root}/src/main.ts:3:1)`;
  return error;
}

function text(root: string, line: number, value: string): string {
  return `TypeError: cannot place '${value}'\n    at publish (${root}/src/client.ts:${line}:11)\n    at process.run (node:internal/x:95:5)`;
}

describe('error objects', () => {
  it('become name, code, scrubbed message and fingerprint, and nothing else', () => {
    const error = Object.assign(new TypeError("open '/home/dev/key.pem' failed, api_key=abcDEF123"), {
      code: 'ENOENT',
      config: { headers: { Authorization: 'Bearer abc' } },
    });
    const { value } = redact({ error });
    expect(value).toEqual({
      error: {
        name: 'TypeError',
        code: 'ENOENT',
        message: "open '[redacted:path]' failed, api_key=[redacted:api-key]",
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    });
  });

  it('have a null code where they carry none, and survive getters that throw', () => {
    const error = Object.defineProperty(new Error('x'), 'message', { get: () => { throw new Error('no'); } }); // prettier-ignore
    expect(redact(error).value).toMatchObject({ name: 'Error', code: null, message: '' });
  });

  it('have one fingerprint for the same error across values, paths and lines', () => {
    const prints = [
      raised('order 123456 for BTCUSDT failed at 64000.5', '/srv/a', 10),
      raised('order 9876543210 for DOGEUSDT failed at 0.12', 'C:\\app\\b', 99),
    ].map((error) => (redact(error).value as ErrorRecord).fingerprint);
    expect(prints[0]).toBe(prints[1]);
  });

  it('have different fingerprints where the error differs', () => {
    const prints = [raised('timeout', '/a', 1), raised('refused', '/a', 1)].map(
      (error) => (redact(error).value as ErrorRecord).fingerprint,
    );
    expect(prints[0]).not.toBe(prints[1]);
  });

  it('keep frames relative to the root only when asked to', () => {
    const error = raised('x', '/srv/bot', 7);
    expect(redact(error).value).not.toHaveProperty('frames');
    expect((sanitising(error).value as ErrorRecord).frames).toEqual([
      'at publish (src/client.ts:7:11)',
      'at main (src/main.ts:3:1)',
    ]);
    expect((sanitising(raised('x', '/opt/other', 7)).value as ErrorRecord).frames).toEqual([
      'at publish (client.ts:7:11)',
      'at main (main.ts:3:1)',
    ]);
  });
});

describe('stack traces in free text', () => {
  const PYTHON =
    "Traceback (most recent call last):\n  File \"/srv/bot/trade/y.py\", line 12, in main\n    size = book['BTCUSDT']\n        ~~~~^^\nKeyError: 'ETHUSDT'";
  const JAVA =
    'java.io.IOException: no\n\tat org.acme.net.Sender.send(Sender.java:41)\n\tat org.acme.Main.main(Main.java:9)\n\t... 3 more';

  it.each([
    ['V8', text('/srv/bot', 44, 'x'), ['/srv/bot', 'client.ts', 'node:internal'], 'TypeError: cannot place'],
    ['V8 under Windows', text('C:\\Users\\ops', 44, 'x'), ['Users', 'client.ts'], 'TypeError: cannot place'],
    ['V8 with file URLs', text('file:///home/dev', 44, 'x'), ['/home/dev', 'client.ts'], 'TypeError: cannot place'],
    [
      'V8 with escaped line ends',
      text('/srv/bot', 44, 'x').replaceAll('\n', '\\n'),
      ['/srv/bot', 'client.ts'],
      'TypeError: cannot place',
    ],
    [
      'V8 on one line',
      text('/srv/bot', 44, 'x').replaceAll('\n', ' '),
      ['/srv/bot', 'client.ts'],
      'TypeError: cannot place',
    ],
    ['Python', PYTHON, ['/srv/bot', 'y.py', 'book'], "KeyError: 'ETHUSDT'"],
    [
      'Go',
      'panic: no\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/bot/main.go:12 +0x1d',
      ['/srv/bot', 'main.go'],
      'panic: no',
    ],
    ['Ruby', "x.rb: no\n\tfrom /srv/bot/y.rb:3:in `run'", ['/srv/bot', 'y.rb'], 'x.rb: no'],
    [
      '.NET',
      'System.Exception: no\n   at Bot.Run() in C:\\src\\Bot.cs:line 12\n   at Bot.Main(String[] args)',
      ['src', 'Bot.cs', 'Main'],
      'System.Exception: no',
    ],
    ['PHP', 'Exception: no\n#0 /srv/bot/x.php(12): run()\n#1 {main}', ['/srv/bot', 'x.php'], 'Exception: no'],
    ['Java', JAVA, ['Sender.java', 'Main.java', '3 more'], 'java.io.IOException: no'],
  ])('of %s lose their frames and keep what they say', (_title, trace, gone, kept) => {
    const { value, findings } = redact({ detail: trace });
    const out = (value as { detail: string }).detail;
    for (const part of gone) expect(out).not.toContain(part);
    expect(out).toContain(kept);
    expect(out).toMatch(/\[redacted:stack\] \[fp:[0-9a-f]{16}\]/);
    expect(findings.map(({ kind }) => kind)).toContain('stack');
  });

  it('have one fingerprint across values, paths and lines, the same as the error object has', () => {
    const print = (given: unknown): string =>
      /fp:([0-9a-f]{16})|"fingerprint":"([0-9a-f]{16})"/
        .exec(JSON.stringify(redact({ a: given }).value))
        ?.slice(1)
        .join('') ?? '';
    expect(print(text('/srv/bot', 1, 'BTC'))).toBe(print(text('D:\\x', 99, 'ETH')));
    const error = raised('boom 17', '/srv/bot', 5);
    expect(print(error)).toBe(print(error.stack));
  });

  it('keep frames without source lines and values when asked to', () => {
    const { value } = sanitising({ detail: PYTHON });
    expect((value as { detail: string }).detail).toMatch(
      /^\[redacted:stack\] \[fp:\w+\]\n {4}at main \(trade\/y\.py:12\)\nKeyError: 'ETHUSDT'$/,
    );
  });

  it('are not seen in sentences with times or file names', () => {
    for (const given of [
      'filled\nat 10:12:30',
      'meet at 10:15',
      'see File "x.py" for more',
      'opened at market\nat 1.5:30',
    ])
      expect(redact({ given }).findings).toEqual([]);
  });
});
