import type { MigrationReport } from '../migration.js';
import { positive } from '../shared/order-values.js';
import { finiteNumber } from '../values.js';

/** A price of a dialect in which 0 stands for none: then null and reported. Absent stays absent, null stays null. */
export function zeroAsNone(
  report: MigrationReport,
  pointer: string,
  value: unknown,
  why: string,
): number | null | undefined {
  if (value === undefined || value === null) return value;
  if (finiteNumber(value) === 0) report.recomputed(pointer, value, null, why);
  else if (positive(value) === null) report.unknown(pointer, 'the value in the line is not usable');
  return positive(value);
}
