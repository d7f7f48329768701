import { isOfTypes, putHeldText } from './checks.js';
import { NULL, PRESENT } from './marks.js';
import { numberOf } from './number.js';
import { putOpen, putValue } from './open.js';
import { FAILED, noRoom, putCount } from './region.js';
import type { Region } from './region.js';
import * as kinds from './site.js';
import type { Branch, Detail } from './site.js';
import { givenOf, putBack, putFront } from './fill-in.js';
import { COUNT, COUNT_SHIFT, EXPECTED, EXPECTED_SHIFT, NO_OPERAND } from './table.js';
import type { Table } from './table.js';
import { putOther, putText } from './text.js';

/** Writes a document from its root on, which is a field of its own. */
export function putRoot(table: Table, root: number, document: unknown, at: number, region: Region): number {
  if (at > region.limit) return noRoom(region);
  return putMember(table, root, document, at, region);
}

/**
 * Writes an object: for each member the number of its field within the site, from 1, and its value; a 0 at the end. Gives
 * the position behind it, or FAILED where it is not valid as it is.
 */
function putObject(table: Table, site: number, value: object, at: number, region: Region): number {
  if (Object.getPrototypeOf(value) !== Object.prototype) return FAILED;
  const stamps = table.sites[4 * site + 3] as number;
  if (stamps >= 0) return putStamped(table, site, stamps, value, at, region);
  const to = putMembers(table, site, value, 0, at, region);
  if (to === FAILED) return FAILED;
  region.bytes[to] = 0;
  return to + 1;
}

/** Writes an object in which the writer fills in what is missing. */
function putStamped(table: Table, site: number, place: number, value: object, at: number, region: Region): number {
  const stamps = table.stamps[place] as (typeof table.stamps)[number];
  const filling = { table, first: table.sites[4 * site] as number, put: putMember };
  let to = putFront(filling, stamps, value, at, region);
  if (to === FAILED) return FAILED;
  to = putMembers(table, site, value, givenOf(filling, stamps, value), to, region);
  if (to === FAILED) return FAILED;
  to = putBack(filling, stamps, value, to, region);
  if (to === FAILED) return FAILED;
  region.bytes[to] = 0;
  return to + 1;
}

/** `given` counts the fields that could be filled in and are not. */
function putMembers(table: Table, site: number, value: object, given: number, at: number, region: Region): number {
  const { keys, fields, sites, bounds } = table;
  const { bytes, view, limit } = region;
  const first = sites[4 * site] as number;
  const count = sites[4 * site + 1] as number;
  let to = at;
  let place = 0;
  let required = 0;
  for (const key in value) {
    let own = place < count ? ((fields[2 * (first + place)] as number) >> EXPECTED_SHIFT) & EXPECTED : 0;
    if (keys[first + own] !== key) {
      own = found(table, first, count, key, place);
      if (own === FAILED) return FAILED;
    }
    place += 1;
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const field = first + own;
    const code = fields[2 * field] as number;
    if (to > limit) return noRoom(region);
    bytes[to] = own + 1;
    if (typeof member === 'number' && (code & kinds.KIND) === kinds.NUMBER) {
      const operand = fields[2 * field + 1] as number;
      if (
        operand === NO_OPERAND
          ? member - member !== 0
          : !(member >= (bounds[operand] as number) && member <= (bounds[operand + 1] as number))
      )
        return FAILED;
      if ((code & kinds.WHOLE) !== 0 && Math.floor(member) !== member) return FAILED;
      view.setFloat64(to + 1, member, true);
      to += 9;
    } else {
      to = putMember(table, field, member, to + 1, region);
      if (to === FAILED) return FAILED;
    }
    required += code & kinds.REQUIRED;
  }
  return required === ((sites[4 * site + 2] as number) + given) * kinds.REQUIRED ? to : FAILED;
}

/** The field of a key that was not expected where it stands, which is expected there from now on; FAILED where it is not declared. */
function found({ keys, fields }: Table, first: number, count: number, key: string, place: number): number {
  for (let own = 0; own < count; own += 1) {
    if (keys[first + own] !== key) continue;
    const word = 2 * (first + place);
    if (place < count)
      fields[word] = ((fields[word] as number) & ~(EXPECTED << EXPECTED_SHIFT)) | (own << EXPECTED_SHIFT);
    return own;
  }
  return FAILED;
}

/** Writes the value of a field, of an item or of a map's member. */
function putMember(table: Table, field: number, value: unknown, at: number, region: Region): number {
  const code = table.fields[2 * field] as number;
  const operand = table.fields[2 * field + 1] as number;
  const { bytes } = region;
  if (value === null) return (code & kinds.NULLABLE) === 0 ? FAILED : putNull(code, at, region);
  switch (code & kinds.KIND) {
    case kinds.TEXT:
      return putTextMember(operand === NO_OPERAND ? null : (table.details[operand] as Detail), value, at, region);
    case kinds.NUMBER:
      return putNumber(table, field, value, at, region);
    case kinds.CHOICE:
      return putChoice(table.choices, operand, (code >> COUNT_SHIFT) & COUNT, value, at, region);
    case kinds.BOOLEAN:
      if (typeof value !== 'boolean') return FAILED;
      bytes[at] = value ? 2 : 1;
      return at + 1;
    case kinds.MIXED:
      if (!isOfTypes(value, table.nodes[field]?.types ?? [])) return FAILED;
      return typeof value === 'string' ? putHeldText(value, null, at, region) : putValue(value, at, region);
    default:
      if (typeof value !== 'object') return FAILED;
      bytes[at] = PRESENT;
      return putNested(table, code & kinds.KIND, operand, value, at + 1, region);
  }
}

function putNull(code: number, at: number, { bytes, view }: Region): number {
  if ((code & kinds.KIND) === kinds.NUMBER) {
    view.setFloat64(at, NaN, true);
    return at + 8;
  }
  bytes[at] = NULL;
  return at + 1;
}

function putTextMember(detail: Detail | null, value: unknown, at: number, region: Region): number {
  if (typeof value !== 'string') return putOther(value, detail?.text.form ?? 'free', at, region);
  return putHeldText(value, detail?.text ?? null, at, region);
}

function putNumber(
  { fields, bounds, nodes }: Table,
  field: number,
  value: unknown,
  at: number,
  { view }: Region,
): number {
  const code = fields[2 * field] as number;
  const operand = fields[2 * field + 1] as number;
  const number = typeof value === 'number' ? value : numberOf(value, nodes[field]?.unit);
  if (
    operand === NO_OPERAND
      ? number - number !== 0
      : !(number >= (bounds[operand] as number) && number <= (bounds[operand + 1] as number))
  )
    return FAILED;
  if ((code & kinds.WHOLE) !== 0 && Math.floor(number) !== number) return FAILED;
  view.setFloat64(at, number, true);
  return at + 8;
}

/** Writes the place of a value among those that may be chosen, from 1. */
function putChoice(
  choices: readonly unknown[],
  from: number,
  count: number,
  value: unknown,
  at: number,
  { bytes }: Region,
): number {
  for (let choice = 0; choice < count; choice += 1) {
    if (choices[from + choice] !== value) continue;
    bytes[at] = choice + 1;
    return at + 1;
  }
  return FAILED;
}

function putNested(table: Table, kind: number, operand: number, value: object, at: number, region: Region): number {
  switch (kind) {
    case kinds.OBJECT:
      return putObject(table, operand, value, at, region);
    case kinds.ARRAY:
      return putArray(table, operand, value, at, region);
    case kinds.MAP:
      return putMap(table, operand, value, at, region);
    case kinds.OPEN:
      return Array.isArray(value) ? FAILED : putOpen(value, at, region);
    case kinds.UNION:
      return putUnion(table, table.details[operand] as Detail, value, at, region);
    default:
      return FAILED;
  }
}

function putArray(table: Table, item: number, value: object, at: number, region: Region): number {
  if (!Array.isArray(value)) return FAILED;
  const items: readonly unknown[] = value;
  let to = putCount(items.length, at, region);
  for (let i = 0; i < items.length; i += 1) {
    if (to > region.limit) return noRoom(region);
    to = putMember(table, item, items[i] ?? null, to, region);
    if (to === FAILED) return FAILED;
  }
  return to;
}

function putMap(table: Table, member: number, value: object, at: number, region: Region): number {
  if (Object.getPrototypeOf(value) !== Object.prototype) return FAILED;
  let count = 0;
  let to = at + 4;
  for (const key in value) {
    const each = (value as Record<string, unknown>)[key];
    if (each === undefined) continue;
    // A stated percentage is a number to the contract; a prototype as a key has a finding of its own.
    if (key === '__proto__' || key === 'percentage') return FAILED;
    count += 1;
    to = putText(key, to, region);
    if (to === FAILED) return FAILED;
    if (to > region.limit) return noRoom(region);
    to = putMember(table, member, each, to, region);
    if (to === FAILED) return FAILED;
  }
  putCount(count, at, region);
  return to;
}

function putUnion(table: Table, { node, branches }: Detail, value: object, at: number, region: Region): number {
  const branch: Branch | undefined = branches.get((value as Record<string, unknown>)[node.tag ?? '']);
  if (branch === undefined) return FAILED;
  region.bytes[at] = branch.index;
  return putObject(table, branch.place, value, at + 1, region);
}
