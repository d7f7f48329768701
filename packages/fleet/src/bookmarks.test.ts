import { describe, expect, test } from 'vitest';
import { bookmarksDue } from './bookmarks.js';
import { HEADER } from './headers.js';
import type { StreamPosition } from './sink.js';

const DAY = 86_400;

function position(facts: Partial<StreamPosition>, revision: number, time: number): StreamPosition {
  const record = {
    bytes: Buffer.from('line\n'),
    headers: { [HEADER.offset]: '7', 'Nats-Msg-Id': 'x' },
    revision,
    time,
  };
  return { last: 1000, first: 1, maxAge: null, ledgers: new Map([['events', record]]), ...facts };
}

describe('bookmarks', () => {
  test.each([
    ['nothing is ever dropped', position({}, 1, 0), false],
    ['half of its days is not used up', position({ maxAge: 30 * DAY }, 1, 86 * DAY), false],
    ['half of its days is used up', position({ maxAge: 30 * DAY }, 1, 84 * DAY), true],
    ['it stands in the younger half of a stream that drops', position({ first: 500 }, 800, 0), false],
    ['it stands in the older half of a stream that drops', position({ first: 500 }, 700, 0), true],
  ])('are due or not where %s', (_when, given, isDue) => {
    expect(bookmarksDue(given, 100 * DAY).has('events')).toBe(isDue);
  });

  test('hold the place and no line', () => {
    const bookmark = bookmarksDue(position({ first: 500 }, 501, 0), 0).get('events');
    expect(bookmark?.headers).toEqual({ [HEADER.offset]: '7', [HEADER.bookmark]: '1' });
    expect(bookmark?.bytes).toHaveLength(0);
  });
});
