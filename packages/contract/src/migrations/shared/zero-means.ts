import type { MigrationReport } from '../migration.js';
import { finiteNumber } from '../values.js';
import type { Convert } from './field-reader.js';

/** Converts as `convert` does, except that a 0 that stands for something else than the number 0 is null, for this reason. */
export function zeroMeans<T>(why: string, report: MigrationReport, pointer: string, convert: Convert<T>): Convert<T> {
  return (value) => {
    if (finiteNumber(value) !== 0) return convert(value);
    report.unknown(pointer, why);
    return null;
  };
}
