import { describe, expect, it } from 'vitest';

import { bump, compareVersions, majorOf, parseVersion } from './version.js';

describe('a version', () => {
  it.each(['1.2', 'v1.2.3', '1.2.3-rc', '01.2.3', '1.2.3\n', '99999999.0.0'])('is not %j', (text) => {
    expect(parseVersion(text)).toBeNull();
  });

  it('is ordered by its numbers, not by its letters', () => {
    expect(['1.10.0', '1.9.9', '2.0.0', '1.9.10'].toSorted(compareVersions)).toEqual([
      '1.9.9',
      '1.9.10',
      '1.10.0',
      '2.0.0',
    ]);
    expect(majorOf('12.3.4')).toBe(12);
  });

  it.each([
    ['none', '1.2.3'],
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
  ] as const)('goes a %s step to %s', (step, expected) => {
    expect(bump('1.2.3', step)).toBe(expected);
  });
});
