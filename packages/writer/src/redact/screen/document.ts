import { isPhrase, SHORTEST_PHRASE } from '../detectors/mnemonic.js';
import type { Limits } from '../limits.js';
import type { Place } from './places.js';

interface Visit {
  readonly limits: Limits;
  nodes: number;
  size: number;
}

/**
 * True where redaction would give back a value as it is and without a finding. The value must be plain JSON data; what
 * else there may be (accessors apart) makes it false. A `value` that stands beside a `name` or a `key` does too.
 */
export function isHarmless(value: unknown, place: Place, limits: Limits): boolean {
  return isClean(value, place, 0, { limits, nodes: 0, size: 0 });
}

function isClean(value: unknown, place: Place, depth: number, visit: Visit): boolean {
  switch (typeof value) {
    case 'string':
      visit.size += value.length;
      return visit.size <= visit.limits.size && place.text(value);
    case 'number':
      return place.number(value);
    case 'boolean':
    case 'undefined':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth >= visit.limits.depth) return false;
      return Array.isArray(value) ? areClean(value, place, depth, visit) : isCleanRecord(value, place, depth, visit);
    default:
      return false;
  }
}

function areClean(items: readonly unknown[], place: Place, depth: number, visit: Visit): boolean {
  if (items.length >= SHORTEST_PHRASE && isPhrase(items)) return false;
  visit.nodes += items.length;
  if (visit.nodes > visit.limits.nodes) return false;
  for (const item of items) if (!isClean(item, place, depth + 1, visit)) return false;
  return true;
}

function isCleanRecord(record: object, place: Place, depth: number, visit: Visit): boolean {
  const prototype: unknown = Object.getPrototypeOf(record);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of Object.keys(record)) {
    visit.nodes += 1;
    const child = visit.nodes > visit.limits.nodes ? null : place.child(key);
    if (child === null || !isClean((record as Readonly<Record<string, unknown>>)[key], child, depth + 1, visit))
      return false;
  }
  return true;
}
