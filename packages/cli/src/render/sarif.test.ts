import { join } from 'node:path';
import { finding, rules } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import type { ReportFinding } from './report-finding.js';
import { renderSarif } from './sarif.js';

const broken: ReportFinding = finding('type-mismatch', {
  file: './state/nav total.json',
  line: 3,
  surface: 'nav',
  pointer: '/aum/a~1b',
  expected: 'number',
  actual: '"much"',
});

interface Text {
  readonly text: string;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Text;
  readonly locations?: readonly {
    readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string }; readonly region?: unknown };
    readonly logicalLocations?: readonly Record<string, string>[];
  }[];
  readonly partialFingerprints?: Record<string, string>;
  readonly properties: Record<string, unknown>;
}

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly { id: string }[] };
    };
    readonly columnKind: string;
    readonly results: readonly Result[];
  }[];
}

function log(findings: readonly ReportFinding[]): Log {
  return JSON.parse(renderSarif(findings, '1.2.3', rules)) as Log;
}

function results(findings: readonly ReportFinding[]): readonly Result[] {
  return log(findings).runs[0]?.results ?? [];
}

describe('renderSarif', () => {
  it('gives a log of one run with the tool and the rules that occur', () => {
    const { version, runs, ...rest } = log([broken, finding('legacy-dialect'), broken]);
    expect(version).toBe('2.1.0');
    expect(Object.keys(rest)).toEqual(['$schema']);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.columnKind).toBe('utf16CodeUnits');
    expect(runs[0]?.tool).toEqual({
      driver: {
        name: 'hedge-telemetry',
        version: '1.2.3',
        rules: ['legacy-dialect', 'type-mismatch'].map((id) => ({
          id,
          shortDescription: { text: rules[id as 'legacy-dialect'].title },
          help: { text: rules[id as 'legacy-dialect'].fix },
        })),
      },
    });
  });

  it('says of a finding what and where', () => {
    expect(results([{ ...broken, column: 5, endLine: 9, fingerprint: 'ab', witness: { nav: null } }])).toEqual([
      {
        ruleId: 'type-mismatch',
        ruleIndex: 0,
        level: 'error',
        message: { text: broken.message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'state/nav%20total.json' },
              region: { startLine: 3, startColumn: 5, endLine: 9 },
            },
            logicalLocations: [{ name: 'a/b', fullyQualifiedName: 'nav#/aum/a~1b', kind: 'property' }],
          },
        ],
        partialFingerprints: { 'hedgeTelemetry/v1': 'ab' },
        properties: { expected: 'number', actual: '"much"', fix: broken.fix, witness: { nav: null } },
      },
    ]);
  });

  it('keeps what the schema of SARIF asks for, whatever a finding lacks', () => {
    const sparse: ReportFinding = { ...broken, file: null, line: null, surface: null, pointer: null };
    const findings: ReportFinding[] = [
      sparse,
      { ...sparse, surface: 'nav' },
      { ...sparse, file: 'a' },
      { ...broken, endLine: 1, column: null },
      { ...sparse, rule: 'rule-of-nobody', level: 'info' },
      { ...sparse, level: 'warning', pointer: '' },
    ];
    const { runs } = log(findings);
    const found = runs[0]?.results ?? [];
    expect(found).toHaveLength(findings.length);
    for (const each of found) expectValid(each, runs[0]?.tool.driver.rules ?? []);
    expect(found.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'error', 'note', 'warning']);
    expect(found[3]?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 3 });
    expect(found[0]).not.toHaveProperty('locations');
  });

  it.each([
    ['state/nav.json', 'state/nav.json'],
    ['./a/../b', 'a/../b'],
    ['c:d/50%#?.json', 'c%3Ad/50%25%23%3F.json'],
    ['état/\ud800', '%C3%A9tat/%EF%BF%BD'],
    ['/logs/a b', 'file:///logs/a%20b'],
  ])('makes of the path %s the URI %s', (file, uri) => {
    const [one] = results([{ ...broken, file }]);
    expect(one?.locations?.[0]?.physicalLocation?.artifactLocation.uri).toBe(uri);
    expect(() => new URL(uri, `file://${join('/', 'root')}/`)).not.toThrow();
  });

  it('keeps quoted text from being read as an argument or a link', () => {
    const [one] = results([{ ...broken, message: 'pattern ^[a]{2}$ at [x](javascript:y) {0}' }]);
    expect(one?.message.text).toBe('pattern ^[a]{{2}}$ at [x] (javascript:y) {{0}}');
  });
});

/** What sarif-schema-2.1.0.json requires of a result, and of what a result refers to. */
function expectValid(each: Result, rulesOfRun: readonly { id: string }[]): void {
  expect(Object.keys(each).toSorted()).toEqual(
    expect.arrayContaining(['level', 'message', 'properties', 'ruleId', 'ruleIndex']),
  );
  expect(rulesOfRun[each.ruleIndex]?.id).toBe(each.ruleId);
  expect(['none', 'note', 'warning', 'error']).toContain(each.level);
  expect(typeof each.message.text).toBe('string');
  for (const { physicalLocation, logicalLocations = [] } of each.locations ?? []) {
    if (physicalLocation !== undefined) expect(physicalLocation.artifactLocation.uri).toMatch(/^[^\s\\]+$/);
    for (const [key, value] of Object.entries(physicalLocation?.region ?? {})) {
      expect(['startLine', 'startColumn', 'endLine']).toContain(key);
      expect(Number.isInteger(value) && Number(value) >= 1).toBe(true);
    }
    for (const logical of logicalLocations) {
      expect(Object.keys(logical)).toEqual(['name', 'fullyQualifiedName', 'kind']);
      expect(['property', 'resource']).toContain(logical['kind']);
    }
  }
}
