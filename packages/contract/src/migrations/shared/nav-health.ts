import type { FlagMap, NavHealth } from '../../../generated/types/nav-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, epochSeconds, finiteNumber, flag, mapValues, nonNegative, record } from '../values.js';
import { fieldReader } from './field-reader.js';
import { zeroMeans } from './zero-means.js';

const NO_NAV = '0 is written where no NAV is cached';

/** Health of the NAV source; `at` is where it goes, `from` where it stood. */
export function navHealth(value: unknown, report: MigrationReport, at: string, from: string = at): NavHealth | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const health = defined({
    age_s: fields.required('age_s', nonNegative),
    sources_ok: fields.required('sources_ok', flag),
    stale_flags: flags(fields.take('stale_flags')),
    fresh: fields.optional('fresh', flag),
    threshold_s: fields.optional('threshold_s', nonNegative),
    cache_ts: fields.optional('cache_ts', epochSeconds),
    nav_total: fields.optional('nav_total', zeroMeans(NO_NAV, report, `${at}/nav_total`, finiteNumber)),
  });
  fields.dropRest('the canonical document does not keep it');
  return health;
}

/** Flags by name; undefined where the value is no map. */
export function flags(value: unknown): FlagMap | undefined {
  const source = record(value);
  return source === null ? undefined : mapValues(source, flag);
}
