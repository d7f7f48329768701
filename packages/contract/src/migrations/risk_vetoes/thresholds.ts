import type { VetoThresholds } from '../../../generated/types/risk-vetoes-v1.js';
import type { MigrationReport } from '../migration.js';
import { segment } from '../../pointer.js';
import { record } from '../values.js';

type Entry = readonly [name: string, value: VetoThresholds[string]];

const MAX_DEPTH = 4;

/** Limits by name, nested ones under a dotted name; what is not a scalar even so is reported as dropped. */
export function flatThresholds(value: unknown, report: MigrationReport): VetoThresholds | null {
  const source = record(value);
  return source === null ? null : Object.fromEntries(entriesOf(source, '', 1, report));
}

function entriesOf(source: Record<string, unknown>, prefix: string, depth: number, report: MigrationReport): Entry[] {
  return Object.entries(source).flatMap(([key, value]): Entry[] => {
    const name = `${prefix}${key}`;
    if (isScalar(value)) return [[name, value]];
    if (typeof value === 'bigint') return [[name, String(value)]];
    const nested = depth < MAX_DEPTH ? record(value) : null;
    if (nested !== null) return entriesOf(nested, `${name}.`, depth + 1, report);
    report.dropped(`/thresholds/${segment(name)}`, 'the limit is not a scalar');
    return [];
  });
}

function isScalar(value: unknown): value is VetoThresholds[string] {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
