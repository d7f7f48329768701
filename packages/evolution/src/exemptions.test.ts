import { afterEach, describe, expect, it } from 'vitest';

import { applyExemptions, EXEMPTIONS_FILE, loadExemptions } from './exemptions.js';
import type { ExemptionList } from './exemptions.js';
import { evolutionFinding } from './finding.js';
import type { EvolutionFinding } from './finding.js';
import { directoryWith, removeDirectories } from './testing-root.js';

afterEach(removeDirectories);

const TODAY = '2031-03-01';
const broken = evolutionFinding('key-removed', { surface: 'nav', about: ['/nav'] });
const valid = {
  fingerprint: broken.fingerprint,
  reason: 'Nobody reads the key; the dashboard took nav_total from the first day on.',
  affects: 'dashboard',
  expires: '2031-05-30',
};

function problems(list: ExemptionList, findings: readonly EvolutionFinding[] = [broken], whole = true): string[] {
  return applyExemptions(findings, list, TODAY, whole).problems.map(({ rule, message }) => `${rule}: ${message}`);
}

describe('an exemption', () => {
  it('covers the one error that it names', () => {
    const { problems: none, used } = applyExemptions([broken], [valid], TODAY, true);
    expect(none).toEqual([]);
    expect([...used]).toEqual([[broken.fingerprint, valid]]);
  });

  it.each([
    ['a reason of 39 characters', { reason: 'x'.repeat(39) }, /is shorter than 40 characters/],
    ['a reason of blanks', { reason: ' '.repeat(50) }, /is shorter than 40/],
    ['nobody affected', { affects: ' ' }, /affects does not say who/],
    ['affected people left out', { affects: undefined }, /affects does not say who/],
    ['a date that never comes', { expires: '2031-02-30' }, /is not a date/],
    ['a date in another form', { expires: '30.05.2031' }, /is not a date/],
    ['a time', { expires: '2031-05-30T00:00:00Z' }, /is not a date/],
    ['91 days to go', { expires: '2031-05-31' }, /expires in 91 days, more than 90/],
    ['a fingerprint that is none', { fingerprint: 'key-removed' }, /sixteen hex digits/],
  ])('is invalid with %s', (_, change, message) => {
    const found = problems([{ ...valid, ...change }]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^exemption-invalid/);
    expect(found[0]).toMatch(message);
    expect(applyExemptions([broken], [{ ...valid, ...change }], TODAY, true).used.size).toBe(0);
  });

  it.each([[null], [7], ['text'], [[]]])('is invalid where it is %j', (entry) => {
    expect(problems([entry])).toEqual([expect.stringMatching(/^exemption-invalid/)]);
  });

  it('holds on its last day and has expired on the next', () => {
    const last = { ...valid, expires: TODAY };
    expect(applyExemptions([broken], [last], TODAY, true)).toMatchObject({ problems: [], used: { size: 1 } });
    const late = applyExemptions([broken], [last], '2031-03-02', true);
    expect(late.problems).toMatchObject([{ rule: 'exemption-expired', pointer: '/0' }]);
    expect(late.used.size).toBe(0);
  });

  it('is unused where no error has its fingerprint, and only where everything was compared', () => {
    expect(problems([valid], [])).toEqual([`exemption-unused: no error has the fingerprint ${valid.fingerprint}`]);
    expect(problems([valid], [{ ...broken, level: 'info' }])).toHaveLength(1);
    expect(problems([valid], [], false)).toEqual([]);
  });

  it('stands once', () => {
    expect(problems([valid, valid])).toEqual([`exemption-invalid: ${valid.fingerprint} is exempted twice`]);
  });

  it.each(['surface-removed', 'dialect-removed', 'migration-missing', 'migration-unwritten', 'undecided'] as const)(
    'does not cover %s',
    (rule) => {
      const finding = evolutionFinding(rule);
      const { problems: found, used } = applyExemptions(
        [finding],
        [{ ...valid, fingerprint: finding.fingerprint }],
        TODAY,
        true,
      );
      expect(found).toMatchObject([{ rule: 'exemption-invalid', message: `${rule} cannot be exempted` }]);
      expect(used.size).toBe(0);
    },
  );

  it.each(['regex-undecided', 'budget-exhausted', 'unsupported-keyword', 'validator-disagreement'])(
    'does not cover %s of the engine',
    (rule) => {
      const { used } = applyExemptions([{ ...broken, rule }], [valid], TODAY, true);
      expect(used.size).toBe(0);
    },
  );
});

describe('schemas/exemptions.json', () => {
  it('exempts nothing where it is missing', async () => {
    expect(await loadExemptions(await directoryWith())).toEqual([]);
  });

  it.each(['{', '{}', 'null', '"list"'])('is no list where it holds %s', async (text) => {
    const list = await loadExemptions(await directoryWith({ [EXEMPTIONS_FILE]: text }));
    expect(list).toBeNull();
    expect(problems(list)).toEqual(['exemption-invalid: schemas/exemptions.json is not a list of exemptions']);
  });

  it('is no list where it cannot be read', async () => {
    expect(await loadExemptions(await directoryWith({ [`${EXEMPTIONS_FILE}/inside`]: '' }))).toBeNull();
  });
});
