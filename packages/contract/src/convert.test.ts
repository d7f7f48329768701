import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { carry } from './chain.js';
import { convert, majorsOf } from './convert.js';
import { registry } from './registry.js';

const majors = majorsOf('nav');
const newest = majors.at(-1) ?? 0;

function example(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../schemas/examples/nav/${file}`, import.meta.url), 'utf8'));
}

describe('majorsOf', () => {
  it('counts from the first version to the newest', () => {
    expect(majors[0]).toBe(1);
    expect(`nav_v${newest}`).toBe(registry.nav.schemaTag);
    expect(majors).toEqual(majors.map((_, index) => index + 1));
  });
});

describe('convert', () => {
  it('gives a canonical document back as it is', () => {
    const document = example('valid/typical.json');
    expect(convert('nav', document, newest)).toEqual({ dialect: 'canonical', document, findings: [] });
  });

  it('migrates a legacy dialect to the first version', () => {
    const { document, dialect, findings } = convert(
      'nav',
      (example('legacy/v7.json') as { document: unknown }).document,
      1,
    );
    expect({ dialect, rule: findings[0]?.rule }).toEqual({ dialect: 'v7', rule: 'legacy-dialect' });
    expect(document).toMatchObject({ nav_total: expect.anything() });
  });

  it.each([
    ['that breaks the contract', { ...(example('valid/minimal.json') as object), updated_at: 'now' }, 'type-mismatch'],
    ['of no known shape', { unrelated: 1 }, 'unrecognised-shape'],
    ['of a dialect that it breaks', { nav: {}, updated_ts: 1 }, 'type-mismatch'],
  ])('gives no document for one %s, and says why', (_what, document, rule) => {
    const result = convert('nav', document, newest);
    expect(result.document).toBeNull();
    expect(result.findings.map((each) => each.rule)).toContain(rule);
  });

  it.each([0, -1, 1.5, NaN, 9999])('refuses major version %d', (major) => {
    expect(convert('nav', example('valid/minimal.json'), major)).toMatchObject({
      document: null,
      findings: [{ rule: 'migration-failed', level: 'error', actual: String(major) }],
    });
  });
});

describe('carry', () => {
  it('gives the document itself where the version is the same', () => {
    const document = {};
    expect(carry('nav', document, 1, 1)).toEqual({ ok: true, document });
  });

  it('names the step that does not exist, up and down', () => {
    const [last, next] = [newest, newest + 1];
    const name = `v${last}-to-v${next}`;
    expect(carry('nav', {}, last, next)).toMatchObject({
      ok: false,
      finding: { rule: 'migration-failed', expected: name },
    });
    expect(carry('nav', {}, next, last)).toMatchObject({
      ok: false,
      finding: { rule: 'step-not-reversible', actual: name },
    });
  });
});
