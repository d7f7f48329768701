import { compareDirection } from '@hedge-telemetry/compat';
import type { Direction, DirectionName, Finding, Json } from '@hedge-telemetry/compat';

import { evolutionFinding, fingerprint, isUndecided } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import type { Schema } from '../tree/load.js';
import { readerView, writerView } from '../views/views.js';
import { goneFields } from './key-rules.js';
import type { Subject, WorkingSubject } from './subject.js';

/** The verdict on one direction. */
export interface Verdict {
  readonly answer: 'compatible' | 'incompatible' | 'unknown';
  readonly witness?: Json;
  readonly reason?: string;
}

export interface Inclusion {
  /** Every document that the old writer view admits, the new reader view accepts. */
  readonly backward: Verdict;
  /** Every document that the new writer view admits, the old reader view accepts. */
  readonly forward: Verdict;
  readonly findings: readonly EvolutionFinding[];
}

/** What annotation rules of ours say better, or what is no concern of documents. */
const SILENT: ReadonlySet<string> = new Set(['unit-changed', 'default-changed', 'schema-id-changed', 'title-changed']);

/** Set inclusion in both directions, each over the two views that meet there. */
export function inclusion(base: Subject, working: WorkingSubject): Inclusion {
  const [old, now] = [base.schema, working.schema];
  const backward = directionOf(writerView(old), readerView(now), 'backward');
  const forward = directionOf(readerView(old), writerView(now), 'forward');
  const gone: ReadonlySet<string> = new Set(goneFields(base, working).map(({ path }) => path));
  return {
    backward: verdict(backward),
    forward: verdict(forward),
    findings: [
      ...findings(backward, 'backward', base, working, gone),
      ...findings(forward, 'forward', base, working, gone),
    ],
  };
}

/** Causes are looked for only where there is something to explain. */
function directionOf(old: Schema, now: Schema, name: DirectionName): Direction {
  const bare = compareDirection(old, now, name, { explain: false });
  return bare.answer === 'compatible' ? bare : compareDirection(old, now, name);
}

function verdict({ answer, witness, reason }: Direction): Verdict {
  return {
    answer,
    ...(witness === undefined ? {} : { witness }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function findings(
  direction: Direction,
  name: DirectionName,
  base: Subject,
  working: WorkingSubject,
  gone: ReadonlySet<string>,
): EvolutionFinding[] {
  const errors = direction.findings.filter(({ rule, level }) => level === 'error' && !SILENT.has(rule));
  const causes = errors.filter(
    ({ rule, instancePointer }) => !(rule.startsWith('property-removed') && gone.has(instancePointer)),
  );
  if (direction.answer === 'compatible' || errors.length > 0)
    return causes.map((each) => doubted(direction, placed(each, name, base, working)));
  return [overall(direction, name, base, working)];
}

/** Where nothing was proved, a cause is no more than a hint. */
function doubted(direction: Direction, finding: EvolutionFinding): EvolutionFinding {
  return direction.answer === 'unknown' && !isUndecided(finding) ? { ...finding, level: 'info' } : finding;
}

/** Where the engine names no single cause, the verdict itself is the finding. */
function overall(direction: Direction, name: DirectionName, base: Subject, working: WorkingSubject): EvolutionFinding {
  const place = working.origin('');
  const shared = {
    surface: working.surface,
    file: `schemas/${place.file}`,
    pointer: place.pointer,
    expected: `${name} compatible with ${base.label}`,
    actual: direction.reason ?? direction.answer,
    about: [name],
  };
  if (direction.answer === 'unknown') return evolutionFinding('undecided', shared);
  const { witness } = direction;
  return evolutionFinding(`${name}-incompatible`, { ...shared, ...(witness === undefined ? {} : { witness }) });
}

function placed(cause: Finding, name: DirectionName, base: Subject, working: WorkingSubject): EvolutionFinding {
  const place = working.origin(cause.newPointer);
  const undecided = isUndecided({ rule: cause.rule, level: 'error' });
  const frame = evolutionFinding(undecided ? 'undecided' : `${name}-incompatible`);
  return {
    ...frame,
    rule: cause.rule,
    message: `${name} against ${base.label}: ${cause.message}`,
    surface: working.surface,
    file: `schemas/${place.file}`,
    pointer: place.pointer,
    expected:
      name === 'backward' ? `readers accept documents of ${base.label}` : `readers of ${base.label} accept documents`,
    actual: cause.rule,
    fingerprint: fingerprint([working.surface, cause.fingerprint]),
    ...(cause.witness === undefined ? {} : { witness: cause.witness }),
  };
}
