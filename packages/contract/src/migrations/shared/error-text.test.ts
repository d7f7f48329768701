import { describe, expect, it } from 'vitest';

import { errorParts } from './error-text.js';

const url = 'https://fapi.example.com/fapi/v1/order';

describe('errorParts', () => {
  it.each([
    [
      `HTTPError('400 Client Error: Bad Request for url: ${url} :: {"code":-4061,"msg":"Order\\'s side does not match."}')`,
      { name: 'HTTPError', code: '-4061', message: "Order's side does not match." },
    ],
    [
      `HTTPError('502 Server Error: Bad Gateway for url: ${url} :: <!DOCTYPE HTML>\\r\\n<html></html>')`,
      { name: 'HTTPError', code: '502', message: `502 Server Error: Bad Gateway for url: ${url}` },
    ],
    ['APIError(code=-2019): Margin is low.', { name: 'APIError', code: '-2019', message: 'Margin is low.' }],
    ['ClientError(400, -2010, "Would match.", {})', { name: 'ClientError', code: '-2010', message: 'Would match.' }],
    ['TimeoutError()', { name: 'TimeoutError', code: null, message: null }],
    [
      'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: bad\n',
      { name: 'ValueError', code: null, message: 'bad' },
    ],
    ['first line\nsecond line', { name: null, code: null, message: 'first line' }],
    ['<html><body>busy</body></html>', { name: null, code: null, message: null }],
    ['', { name: null, code: null, message: null }],
  ])('takes %j apart', (input, parts) => {
    expect(errorParts(input)).toEqual(parts);
  });

  it('drops the query and the user of a URL and the values of secrets', () => {
    const { message } = errorParts(`ValueError: ${url.replace('//', '//me:pw@')}?signature=00ff failed, api_key=abc`);
    expect(message).toBe(`${url} failed, api_key=***`);
  });

  it('cuts the message at 300 characters without splitting one', () => {
    expect(errorParts('😀'.repeat(400)).message).toBe('😀'.repeat(300));
  });

  it('takes hostile texts in linear time', () => {
    const started = performance.now();
    for (const text of ['a.', '(', '<', ' x', 'token=', 'a://', '"msg":"', '\\']) errorParts(`X("${text.repeat(1e6)}`);
    for (const text of [`x${' '.repeat(7990)}x`, `${'a.'.repeat(4000)}:`]) errorParts(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
