import { ARRAY, FALSE, NULL, NUMBER, OBJECT, TRUE } from './marks.js';
import { FAILED, noRoom, putCount } from './region.js';
import type { Region } from './region.js';
import { putText, putTime } from './text.js';

/** Deepest nesting of a part whose form the contract leaves open; what is deeper is left to the general way. */
const DEEPEST = 24;

/** Writes a plain object whose keys are not declared. */
export function putOpen(value: object, at: number, region: Region, depth = 0): number {
  if (Object.getPrototypeOf(value) !== Object.prototype || depth > DEEPEST) return FAILED;
  if (at > region.limit) return noRoom(region);
  region.bytes[at] = OBJECT;
  let count = 0;
  let to = at + 5;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    // A stated percentage is a number to the contract; a prototype as a key has a finding of its own.
    if (key === '__proto__' || key === 'percentage') return FAILED;
    count += 1;
    to = putText(key, to, region);
    if (to === FAILED) return FAILED;
    to = putValue(member, to, region, depth + 1);
    if (to === FAILED) return FAILED;
  }
  putCount(count, at + 1, region);
  return to;
}

/** Writes any plain value, its kind in front. */
export function putValue(value: unknown, at: number, region: Region, depth = 0): number {
  const { bytes, view } = region;
  if (at > region.limit) return noRoom(region);
  switch (typeof value) {
    case 'string':
      return putText(value, at, region);
    case 'number':
      if (value - value !== 0) return FAILED;
      bytes[at] = NUMBER;
      view.setFloat64(at + 1, value, true);
      return at + 9;
    case 'boolean':
      bytes[at] = value ? TRUE : FALSE;
      return at + 1;
    case 'bigint':
      return putText(String(value), at, region);
    case 'object':
      if (value !== null) return putNested(value, at, region, depth);
      bytes[at] = NULL;
      return at + 1;
    default:
      return FAILED;
  }
}

function putNested(value: object, at: number, region: Region, depth: number): number {
  if (Array.isArray(value)) return putArray(value, at, region, depth);
  return value instanceof Date ? putTime(value.getTime(), at, region) : putOpen(value, at, region, depth);
}

function putArray(values: readonly unknown[], at: number, region: Region, depth: number): number {
  if (depth > DEEPEST) return FAILED;
  region.bytes[at] = ARRAY;
  let to = putCount(values.length, at + 1, region);
  for (let i = 0; i < values.length; i += 1) {
    to = putValue(values[i] ?? null, to, region, depth + 1);
    if (to === FAILED) return FAILED;
  }
  return to;
}
