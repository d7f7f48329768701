import { registry } from '@hedge-telemetry/contract';
import { findingRecord } from '../render/json.js';
import type { FailCondition } from './fail-on.js';
import type { Monitor, WatchEvent } from './monitor.js';
import type { Tracked } from './tracked.js';

/** How a watch ended. */
export interface WatchEnd {
  /** Seconds since 1970. */
  readonly ts: number;
  readonly duration_s: number;
  readonly failedOn: FailCondition | null;
}

/** An event as a `watch_report` of `schemas/records/`. */
export function eventRecord(event: WatchEvent): Record<string, unknown> {
  return event.event === 'state' ? { ...event } : { ...event, finding: findingRecord(event.finding) };
}

/** What was seen until the watch ended, as a `watch_report`. */
export function summaryRecord(
  monitor: Pick<Monitor, 'surfaces' | 'findings'>,
  { ts, duration_s, failedOn }: WatchEnd,
): Record<string, unknown> {
  const findings = monitor.findings();
  return {
    event: 'report',
    ts,
    ok: failedOn === null && !findings.some(({ finding }) => finding.level === 'error'),
    failed_on: failedOn,
    duration_s,
    surfaces: monitor.surfaces().map(surfaceRecord),
    findings: findings.map(({ finding, count }) => ({ count, finding: findingRecord(finding) })),
  };
}

function surfaceRecord(tracked: Tracked): Record<string, unknown> {
  const { surface, state, age_s, version, documents, invalid, shapes, levels, coverage } = tracked;
  const { kind, file } = registry[surface];
  const { declared, known } = coverage.counts();
  const { fields, undeclared } = coverage.result();
  return {
    surface,
    kind,
    file,
    state,
    age_s,
    version,
    documents,
    invalid,
    shapes: Object.fromEntries([...shapes].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    errors: levels.error,
    warnings: levels.warning,
    declared,
    known,
    fields,
    undeclared,
  };
}
