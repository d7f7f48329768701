import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { segments } from '@hedge-telemetry/contract';
import type { Level } from '@hedge-telemetry/contract';
import { jsonText } from './json.js';
import type { ReportFinding, ReportRules } from './report-finding.js';
import { safe } from './safe.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings as a SARIF 2.1.0 log of one run. */
export function renderSarif(findings: readonly ReportFinding[], version: string, rules: ReportRules): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))].toSorted();
  const driver = { name: 'hedge-telemetry', version, rules: ids.map((id) => descriptor(id, rules)) };
  return jsonText({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        results: findings.map((each) => result(each, ids.indexOf(each.rule))),
      },
    ],
  });
}

function descriptor(id: string, rules: ReportRules): Record<string, unknown> {
  const rule = rules[id];
  if (rule === undefined) return { id: safe(id) };
  return { id: safe(id), shortDescription: message(rule.title), help: message(rule.fix) };
}

function result(each: ReportFinding, ruleIndex: number): Record<string, unknown> {
  const { rule, level, fingerprint, expected, actual, fix, witness } = each;
  const locations = locationsOf(each);
  return {
    ruleId: safe(rule),
    ruleIndex,
    level: levels[level],
    message: message(each.message),
    ...(locations.length === 0 ? {} : { locations }),
    ...(typeof fingerprint === 'string' ? { partialFingerprints: { 'hedgeTelemetry/v1': fingerprint } } : {}),
    properties: { expected, actual, fix, ...(witness === undefined ? {} : { witness }) },
  };
}

function locationsOf(each: ReportFinding): Record<string, unknown>[] {
  const { file } = each;
  const logical = logicalOf(each);
  const location = {
    ...(file === null ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...regionOf(each) } }),
    ...(logical === null ? {} : { logicalLocations: [logical] }),
  };
  return Object.keys(location).length === 0 ? [] : [location];
}

function regionOf({ line, column, endLine }: ReportFinding): Record<string, unknown> {
  if (line === null) return {};
  const startColumn = typeof column === 'number' ? { startColumn: column } : {};
  const end = typeof endLine === 'number' && endLine >= line ? { endLine } : {};
  return { region: { startLine: line, ...startColumn, ...end } };
}

function logicalOf({ surface, pointer }: ReportFinding): Record<string, unknown> | null {
  if (surface === null && pointer === null) return null;
  const name = segments(pointer ?? '').at(-1) ?? surface ?? '';
  const path = pointer === null || pointer === '' ? '' : `#${pointer}`;
  return {
    name: safe(name),
    fullyQualifiedName: safe(`${surface ?? ''}${path}`),
    kind: path === '' ? 'resource' : 'property',
  };
}

/** A relative reference with forward slashes, as SARIF wants it; an absolute path becomes a file: URI. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  const parts = file
    .replaceAll(sep, '/')
    .replace(/^(\.\/)+/, '')
    .split('/');
  return parts.map((part) => encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, '\uFFFD'))).join('/');
}

/** Plain text: braces are doubled, since single ones hold arguments; what would be read as a link is taken apart. */
function message(text: string): { text: string } {
  return { text: safe(text).replace(/[{}]/g, '$&$&').replaceAll('](', '] (') };
}
