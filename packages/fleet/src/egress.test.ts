import { describe, expect, test } from 'vitest';
import { createEgressScan } from './egress.js';

const SECRET = 'hK7d93mZpQ2vTx81LwRb46Ns';
const scan = createEgressScan({ env: {}, values: [SECRET] });

function scanned(text: string): { readonly verdict: string; readonly text: string } {
  const { verdict, bytes } = scan('events', Buffer.from(text));
  return { verdict, text: Buffer.from(bytes).toString() };
}

describe('the scan before a record leaves the host', () => {
  test.each([
    '{"a":1}',
    '{ "a" : 1.0, "b": -0.0, "c": 1e-7, "id": 9007199254740993, "2": "x", "1": "y" }\r\n',
    '{"a":1,"a":2}\n',
    'not json\n',
    '\n',
    '{"__proto__":{"a":1},"constructor":2}',
    '{"text":"\\ud800 \\u0000 ü"}',
  ])('gives the very bytes of %j where there is none', (text) => {
    const bytes = Buffer.from(text);
    expect(scan('events', bytes).bytes).toBe(bytes);
  });

  test('gives bytes that are no UTF-8 as they are', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect(scan('events', bytes)).toMatchObject({ verdict: 'sent', bytes, malformed: { rule: 'json-encoding' } });
  });

  test('replaces only the strings that hold one', () => {
    const text = `{"a": 1.0,"b":["x ${SECRET} y", {"c":"\\u0068K7d93mZpQ2vTx81LwRb46Ns"}] ,"d":1e3}\n`;
    expect(scanned(text)).toEqual({
      verdict: 'redacted',
      text: '{"a": 1.0,"b":["x [redacted:env-value] y", {"c":"[redacted:env-value]"}] ,"d":1e3}\n',
    });
  });

  test('finds what names and formats give away, and says nothing of the value', () => {
    const { verdict, findings } = scan('events', Buffer.from('{"error":{"api_secret":"q9Zt-88xkP-aa31Lm"}}'));
    expect(verdict).toBe('redacted');
    expect(findings).toMatchObject([
      { rule: 'remote-secret', level: 'error', surface: 'events', pointer: '/error/api_secret' },
    ]);
    expect(JSON.stringify(findings)).not.toContain('q9Zt');
  });

  test.each([
    ['a key is one', `{"${SECRET}":1}`],
    ['a key is one, and a value too', `{"${SECRET}":"${SECRET}"}`],
    ['the first of two equal keys holds one', `{"a":"${SECRET}","a":1}`],
    ['the first of two equal keys holds one, deep down', `{"x":[{"a":"${SECRET}","b":2,"a":1}]}`],
    ['the text is torn', `{"a":"${SECRET}`],
    ['the text is one', SECRET],
  ])('keeps the record back where %s', (_what, text) => {
    expect(scanned(text)).toEqual({ verdict: 'withheld', text: '' });
  });

  test('leaves the findings of form out: they are no secrets', () => {
    expect(scan('events', Buffer.from('{"a":12345678901234567890,"b":"Decimal(\'1.5\')","c":"nan"}'))).toMatchObject({
      verdict: 'sent',
      findings: [],
    });
  });
});
