import { shareOf } from './number.js';
import { FAILED, noRoom } from './region.js';
import type { Region } from './region.js';
import * as kinds from './site.js';
import { NONE } from './site.js';
import type { Stamps } from './site.js';
import type { Table } from './table.js';
import { putTime } from './text.js';

/** An object that is filled in: where its fields begin, and what writes the value of one. */
export interface Filling {
  readonly table: Table;
  readonly first: number;
  readonly put: (table: Table, field: number, value: unknown, at: number, region: Region) => number;
}

/**
 * How many of the fields that are filled in an object holds itself. They must have values then: where one is undefined,
 * it would be filled in elsewhere than where its key stands, which is left to the general way.
 */
export function givenOf(filling: Filling, { tag, clock, derived }: Stamps, value: object): number {
  let given = 0;
  if (tag !== NONE && holds(filling, value, tag)) given += 1;
  if (clock !== NONE && holds(filling, value, clock)) given += 1;
  for (const { field } of derived) if (holds(filling, value, field)) given += 1;
  return given;
}

/** Writes what a record lacks and its reader looks for first: the schema tag, and the time of a ledger's record. */
export function putFront(filling: Filling, stamps: Stamps, value: object, at: number, region: Region): number {
  const { tag, clock, front } = stamps;
  let to = at;
  if (to > region.limit) return noRoom(region);
  const untagged = tag !== NONE && !holds(filling, value, tag);
  if (untagged) {
    region.bytes[to] = tag + 1;
    region.bytes[to + 1] = 1;
    to += 2;
  }
  if (clock === NONE || !front || holds(filling, value, clock)) return to;
  return untagged || tag === NONE ? putClock(filling, clock, to, region) : FAILED;
}

/** Writes what a document lacks: the fields that the contract derives, and the time. A derived field that was given must agree. */
export function putBack(filling: Filling, stamps: Stamps, value: object, at: number, region: Region): number {
  const { derived, clock, front } = stamps;
  let to = at;
  for (const { field, from } of derived) {
    const share = shareOf(from.map((keys) => valueIn(value, keys)));
    if (share === Infinity) return FAILED;
    const known = Number.isNaN(share) ? null : share;
    if (holds(filling, value, field)) {
      if (held(filling, value, field) !== known) return FAILED;
      continue;
    }
    region.bytes[to] = field + 1;
    to = filling.put(filling.table, filling.first + field, known, to + 1, region);
    if (to === FAILED) return FAILED;
  }
  if (clock === NONE || front || holds(filling, value, clock)) return to;
  return putClock(filling, clock, to, region);
}

function putClock({ table, first, put }: Filling, clock: number, at: number, region: Region): number {
  const code = table.fields[2 * (first + clock)] as number;
  const now = region.now();
  region.bytes[at] = clock + 1;
  if ((code & kinds.KIND) !== kinds.NUMBER) return putTime(now * 1000, at + 1, region);
  return put(table, first + clock, now, at + 1, region);
}

/** Looked for without reading the value, which is read once, where it is written. */
function holds({ table, first }: Filling, value: object, field: number): boolean {
  return Object.hasOwn(value, table.keys[first + field] as string);
}

function held({ table, first }: Filling, value: object, field: number): unknown {
  return (value as Record<string, unknown>)[table.keys[first + field] as string];
}

function valueIn(document: object, keys: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
