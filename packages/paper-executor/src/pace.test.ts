import { describe, expect, it } from 'vitest';
import { createPace } from './pace.js';

describe('createPace', () => {
  it('counts the loops of a position from when it was opened, anew after it was flat', () => {
    const pace = createPace();
    pace.next([]);
    pace.next(['ETHUSDT']);
    pace.next(['ETHUSDT']);
    expect(pace.heldLoops('ETHUSDT')).toBe(1);
    pace.next([]);
    pace.next(['ETHUSDT']);
    expect(pace.heldLoops('ETHUSDT')).toBe(0);
  });

  it('counts the loops since a close and holds a refused symbol for a while', () => {
    const pace = createPace();
    expect(pace.loopsSinceClose('ETHUSDT')).toBeNull();
    expect(pace.isHeld('ETHUSDT')).toBe(false);
    pace.closed('ETHUSDT');
    pace.refused('ETHUSDT');
    pace.next([]);
    expect(pace.loopsSinceClose('ETHUSDT')).toBe(1);
    expect(pace.isHeld('ETHUSDT')).toBe(true);
    for (let loop = 0; loop < 8; loop += 1) pace.next([]);
    expect(pace.isHeld('ETHUSDT')).toBe(false);
  });

  it('counts the entries of the newest loops only', () => {
    const pace = createPace();
    pace.next([]);
    pace.entered();
    pace.next([]);
    pace.entered();
    expect(pace.entries(2)).toBe(2);
    pace.next([]);
    expect(pace.entries(2)).toBe(1);
  });
});
