import { segment } from '../../pointer.js';
import type { MigrationReport } from '../migration.js';

/** Turns a legacy value into a canonical one, or null where it is not usable. */
export type Convert<T> = (value: unknown) => T | null;

/** Reads the keys of one legacy object for one canonical object, reports what it does not say, and knows what was read. */
export interface FieldReader {
  /** A key the canonical object requires: null stays null; a missing or unusable value is null and reported. */
  required<T>(name: string, convert: Convert<T>, value?: unknown): T | null;
  /** A key the canonical object may lack: absent stays absent, null stays null, an unusable value is null and reported. */
  optional<T>(name: string, convert: Convert<T>, value?: unknown): T | null | undefined;
  /** The value of a legacy key, which then counts as read. */
  take(key: string): unknown;
  /** Reports every key that was not read as dropped. */
  dropRest(why: string): void;
}

const NOT_SAID = 'the dialect does not say it';
const UNUSABLE = 'the value is not usable';

/** `name` in `required` and `optional` is the canonical key, and the legacy one where no value is given. */
export function fieldReader(
  source: object,
  report: MigrationReport,
  canonicalAt = '',
  legacyAt: string = canonicalAt,
): FieldReader {
  const legacy = source as Readonly<Record<string, unknown>>;
  const read = new Set<string>();
  const take = (key: string): unknown => {
    read.add(key);
    return Object.hasOwn(legacy, key) ? legacy[key] : undefined;
  };
  const required = <T>(name: string, convert: Convert<T>, ...given: unknown[]): T | null => {
    const value = given.length > 0 ? given[0] : take(name);
    if (value === null) return null;
    const converted = value === undefined ? null : convert(value);
    if (converted === null) report.unknown(`${canonicalAt}/${name}`, value === undefined ? NOT_SAID : UNUSABLE);
    return converted;
  };
  const optional = <T>(name: string, convert: Convert<T>, ...given: unknown[]): T | null | undefined => {
    const value = given.length > 0 ? given[0] : take(name);
    return value === undefined ? undefined : required(name, convert, value);
  };
  const dropRest = (why: string): void => {
    for (const key of Object.keys(legacy)) if (!read.has(key)) report.dropped(`${legacyAt}/${segment(key)}`, why);
  };
  return { required, optional, take, dropRest };
}
