import { registry } from '@hedge-telemetry/contract';
import type { FieldNode, Finding, SurfaceName } from '@hedge-telemetry/contract';

import type { Answer, Case, Outcome } from './case.js';

/** Each parser says in its own words what is wrong with a text. */
const OWN_WORDS = 'json-syntax';

/**
 * What the Python package is to say of a case, given what the TypeScript packages say: the same, but that it recognises
 * legacy dialects and older versions without migrating them, and then shows no value.
 */
export function expectedOf(each: Case, outcome: Outcome): Outcome {
  const { read } = outcome;
  return compared(read === undefined ? outcome : { ...outcome, read: notMigrated(each.surface, read) });
}

/** An outcome in the form in which outcomes are compared. */
export function compared(outcome: Outcome): Outcome {
  const { read } = outcome;
  return read === undefined ? outcome : { ...outcome, read: { ...read, findings: read.findings.map(inCommonWords) } };
}

function notMigrated(surface: SurfaceName, read: Answer): Answer {
  const said = read.findings.filter(({ rule }) => rule === 'legacy-dialect' || rule === 'older-version');
  const [form] = said;
  if (form === undefined) return read;
  const { dialect } = read;
  const findings = [...said, migrationNeeded(surface, String(dialect), form)];
  if (!Object.hasOwn(read, 'readings')) return { ...read, version: null, document: null, findings };
  const reading = { state: 'invalid', value: null, age_s: null };
  const readings = uniform(registry[surface].root, reading);
  return { ...reading, readings, timestamp: null, version: null, dialect, findings };
}

function migrationNeeded(surface: SurfaceName, dialect: string, beside: Finding): Finding {
  return {
    ...beside,
    rule: 'migration-failed',
    level: 'error',
    pointer: '',
    message: `the document is in the form ${dialect} of ${surface}, which this package recognises and does not migrate`,
    expected: 'canonical',
    actual: dialect,
    fix: 'Migrate the file with: hedge-telemetry migrate; or read it with the TypeScript package.',
  };
}

function inCommonWords(finding: Finding): Finding {
  return finding.rule === OWN_WORDS && finding.actual !== 'an empty text' ? { ...finding, actual: null } : finding;
}

function uniform(node: FieldNode, reading: unknown): unknown {
  if (node.kind !== 'object') return reading;
  return Object.fromEntries(Object.entries(node.fields ?? {}).map(([key, field]) => [key, uniform(field, reading)]));
}
