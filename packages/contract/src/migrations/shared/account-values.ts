import type { RouterRegime } from '../../../generated/types/router-policy-suggestions-v6-v1.js';
import type { MigrationReport } from '../migration.js';
import { epochSeconds, finiteNumber, list, oneOf, record } from '../values.js';
import { fieldReader } from './field-reader.js';
import type { Convert, FieldReader } from './field-reader.js';

export const NO_HOME = 'a copy of another field, or not part of the contract';

const HOURS_PER_DAY = 24;
const REGIMES: readonly RouterRegime[] = ['broken', 'fallback_heavy', 'slippage_hot', 'maker_strong', 'balanced'];

export function routerRegime(value: unknown): RouterRegime | null {
  return oneOf(value, REGIMES);
}

/** A window given in days, in hours; null for anything but a positive number. */
export function daysAsHours(value: unknown): number | null {
  const days = finiteNumber(value);
  return days !== null && days > 0 ? days * HOURS_PER_DAY : null;
}

/** Strings of an array, or a lone string as an array of one. */
export function sentences(value: unknown): string[] | null {
  if (typeof value === 'string') return [value];
  return list(value)?.filter((each) => typeof each === 'string') ?? null;
}

/** The time that an age is measured from; null and reported where it is not usable, so that the document is never called fresh. */
export function ageSeconds(value: unknown, pointer: string, report: MigrationReport): number | null {
  const seconds = epochSeconds(value);
  if (seconds === null) report.unknown(pointer, 'the dialect gives no usable time');
  return seconds;
}

/** Takes the first of the keys that holds a value; null where those that are there hold null. */
export function takeFirst(fields: FieldReader, source: object, keys: readonly string[]): unknown {
  const legacy = source as Readonly<Record<string, unknown>>;
  const holding = keys.find((key) => legacy[key] !== undefined && legacy[key] !== null);
  const key = holding ?? keys.find((each) => legacy[each] === null);
  return key === undefined ? undefined : fields.take(key);
}

/** Converts a JSON object of which every key is read or reported; null where it is no object. */
export function wholeRecord<T>(
  value: unknown,
  report: MigrationReport,
  at: string,
  read: (fields: FieldReader) => T,
  legacyAt: string = at,
): T | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, legacyAt);
  const converted = read(fields);
  fields.dropRest(NO_HOME);
  return converted;
}

/** A map with each value converted; keys whose value is not usable are reported as dropped. */
export function convertedMap<T>(
  value: unknown,
  convert: Convert<T>,
  legacyAt: string,
  report: MigrationReport,
): Record<string, T> | null {
  const source = record(value);
  if (source === null) return null;
  const pairs = Object.entries(source).flatMap(([key, each]) => {
    const converted = convert(each);
    if (converted === null) report.dropped(`${legacyAt}/*`, 'the value is not usable');
    return converted === null ? [] : ([[key, converted]] as const);
  });
  return Object.fromEntries(pairs);
}
