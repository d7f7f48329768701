import { describe, expect, it } from 'vitest';

import { documentTime, judgeAge } from './age.js';
import { registry } from './registry.js';

const now = 1_800_000_000;

function judge(document: Record<string, unknown>): ReturnType<typeof judgeAge> {
  return judgeAge(registry.nav, document, documentTime(registry.nav, document), now);
}

describe('judgeAge on nav', () => {
  it.each([
    [0, 'fresh'],
    [3600, 'fresh'],
    [3600.5, 'stale'],
    [-0.5, 'fresh'],
    [-60, 'skewed'],
  ])('calls a document that is %d s old %s', (age, state) => {
    expect(judge({ updated_at: now - age })).toMatchObject({ state });
  });

  it('counts the age that the NAV already had when it was published', () => {
    expect(judge({ updated_at: now, nav_age_s: 3601 })).toMatchObject({ state: 'stale', age_s: 0 });
    expect(judge({ updated_at: now, nav_age_s: 3599 })).toMatchObject({ state: 'fresh', age_s: 0 });
  });

  it('never calls a document of unknown age fresh', () => {
    for (const updated_at of [undefined, null, 'yesterday', NaN, -1, 1e300, {}]) {
      expect(judge({ updated_at })).toMatchObject({ state: 'stale', age_s: null, finding: { rule: 'age-unknown' } });
    }
  });

  it('reports an age in seconds that is the clock minus the timestamp', () => {
    expect(judge({ updated_at: now - 12.5 }).age_s).toBe(12.5);
  });
});

describe('documentTime', () => {
  it('takes the newest of the rows', () => {
    expect(documentTime(registry.positions, [{ updated_ts: 5 }, { updated_ts: 9 }, { updated_ts: null }])).toBe(9);
    expect(documentTime(registry.positions, [])).toBeNull();
  });
});
