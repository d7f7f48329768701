import { describe, expect, it } from 'vitest';
import { errorLine } from './error-line.js';

describe('errorLine', () => {
  it.each([
    ['keeps a plain message', 'insufficient margin', 'insufficient margin'],
    ['keeps the first line', 'timed out\nsecond line', 'timed out'],
    [
      'takes the exception of a traceback',
      'Traceback (most recent call last):\n  File "x.py", line 3, in place\n    submit()\nValueError: bad qty',
      'ValueError: bad qty',
    ],
    [
      'replaces a URL with a query',
      'GET https://fapi.example.com/v1/order?timestamp=1&signature=ab12 failed',
      'GET [redacted:url] failed',
    ],
    [
      'replaces a path with a query',
      'Max retries exceeded with url: /fapi/v1/order?sig=1',
      'Max retries exceeded with url: [redacted:url]',
    ],
    ['keeps a URL without a query', 'see https://example.com/status', 'see https://example.com/status'],
  ])('%s', (_title, given, want) => {
    expect(errorLine(given)).toBe(want);
  });

  it.each([[undefined], [null], [''], [' \n '], [7], [{}]])('is null for %j', (given) => {
    expect(errorLine(given)).toBeNull();
  });

  it('cuts at 200 characters, never inside a surrogate pair', () => {
    const line = errorLine('\u{1F4C9}'.repeat(300));
    expect([...(line ?? '')]).toHaveLength(200);
    expect(line).not.toMatch(/\p{Surrogate}/u);
  });
});
