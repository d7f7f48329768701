import { NULL, PRESENT } from './marks.js';
import { numberOf, shareOf } from './number.js';
import { putOpen, putValue } from './open.js';
import { FAILED, noRoom, putCount } from './region.js';
import type { Region } from './region.js';
import * as kinds from './site.js';
import { NONE } from './site.js';
import type { Detail, Site, Stamps, TextRule } from './site.js';
import { matches, putOther, putText, putTime } from './text.js';

/**
 * Writes an object: for each member the number of its field, from 1, and its value; a 0 at the end. Gives the position
 * behind it, or FAILED where it is not valid as it is.
 */
function putObject(site: Site, value: object, at: number, region: Region): number {
  if (Object.getPrototypeOf(value) !== Object.prototype) return FAILED;
  const { stamps } = site;
  let to = stamps === null ? at : putFront(site, stamps, value, at, region);
  if (to === FAILED) return FAILED;
  to = putMembers(site, value, to, region);
  if (to === FAILED) return FAILED;
  if (stamps !== null) {
    to = putBack(site, stamps, value, to, region);
    if (to === FAILED) return FAILED;
  }
  region.bytes[to] = 0;
  return to + 1;
}

function putMembers(site: Site, value: object, at: number, region: Region): number {
  const { keys, codes, least, most, order } = site;
  const { bytes, view, limit } = region;
  const length = order.length;
  let to = at;
  let place = 0;
  let required = 0;
  for (const key in value) {
    let field = place < length ? (order[place] as number) : -1;
    if (keys[field] !== key) {
      field = learned(site, key, place);
      if (field === FAILED) return FAILED;
    }
    place += 1;
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const code = codes[field] as number;
    if (to > limit) return noRoom(region);
    bytes[to] = field + 1;
    if (typeof member === 'number' && (code & kinds.KIND) === kinds.NUMBER) {
      if (!(member >= (least[field] as number) && member <= (most[field] as number))) return FAILED;
      if ((code & kinds.WHOLE) !== 0 && Math.floor(member) !== member) return FAILED;
      view.setFloat64(to + 1, member, true);
      to += 9;
    } else {
      to = putMember(site, field, code, member, to + 1, region);
      if (to === FAILED) return FAILED;
    }
    required += code & kinds.REQUIRED;
  }
  return required === site.required * kinds.REQUIRED ? to : FAILED;
}

/** The field of a key that was not expected where it stands; FAILED where it is not declared. */
function learned({ byKey, order }: Site, key: string, place: number): number {
  const field = byKey.get(key);
  if (field === undefined) return FAILED;
  if (place < order.length) order[place] = field;
  return field;
}

/** Writes what a record lacks and its reader looks for first: the schema tag, and the time of a ledger's record. */
function putFront(site: Site, { tag, clock, front }: Stamps, value: object, at: number, region: Region): number {
  let to = at;
  if (to > region.limit) return noRoom(region);
  const untagged = tag !== NONE && held(site, value, tag) === undefined;
  if (untagged) {
    region.bytes[to] = tag + 1;
    region.bytes[to + 1] = 1;
    to += 2;
  }
  if (clock === NONE || !front || held(site, value, clock) !== undefined) return to;
  return untagged || tag === NONE ? putClock(site, clock, to, region) : FAILED;
}

/** Writes what a document lacks: the fields that the contract derives, and the time. A derived field that was given must agree. */
function putBack(site: Site, { derived, clock, front }: Stamps, value: object, at: number, region: Region): number {
  let to = at;
  for (const { field, from } of derived) {
    const share = shareOf(from.map((keys) => valueIn(value, keys)));
    if (share === Infinity) return FAILED;
    const known = Number.isNaN(share) ? null : share;
    const given = held(site, value, field);
    if (given !== undefined && given !== known) return FAILED;
    if (given !== undefined) continue;
    region.bytes[to] = field + 1;
    to = putMember(site, field, site.codes[field] as number, known, to + 1, region);
    if (to === FAILED) return FAILED;
  }
  if (clock === NONE || front || held(site, value, clock) !== undefined) return to;
  return putClock(site, clock, to, region);
}

function putClock(site: Site, clock: number, at: number, region: Region): number {
  const code = site.codes[clock] as number;
  const now = region.now();
  region.bytes[at] = clock + 1;
  return (code & kinds.KIND) === kinds.NUMBER
    ? putMember(site, clock, code, now, at + 1, region)
    : putTime(now * 1000, at + 1, region);
}

function held({ keys }: Site, value: object, field: number): unknown {
  return (value as Record<string, unknown>)[keys[field] as string];
}

function valueIn(document: object, keys: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Writes the value of a field, of an item or of a map's member. */
function putMember(site: Site, field: number, code: number, value: unknown, at: number, region: Region): number {
  const { bytes } = region;
  if (value === null) return (code & kinds.NULLABLE) === 0 ? FAILED : putNull(code, at, region);
  const detail = site.details[field] as Detail;
  switch (code & kinds.KIND) {
    case kinds.TEXT:
      return typeof value === 'string'
        ? putHeldText(value, detail.text, at, region)
        : putOther(value, detail.text.form, at, region);
    case kinds.NUMBER:
      return putNumber(site, field, code, value, at, region);
    case kinds.CHOICE: {
      const choice = detail.choices.get(value);
      if (choice === undefined) return FAILED;
      bytes[at] = choice;
      return at + 1;
    }
    case kinds.BOOLEAN:
      if (typeof value !== 'boolean') return FAILED;
      bytes[at] = value ? 2 : 1;
      return at + 1;
    case kinds.MIXED:
      return isOfTypes(value, detail.node.types ?? []) ? putValue(value, at, region) : FAILED;
    default:
      if (typeof value !== 'object') return FAILED;
      bytes[at] = PRESENT;
      return putNested(detail, code, value, at + 1, region);
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

function putHeldText(text: string, { shortest, longest, pattern }: TextRule, at: number, region: Region): number {
  if (text.length < shortest || text.length > longest || mayBePrinted(text)) return FAILED;
  if (pattern !== null && !matches(pattern, text)) return FAILED;
  return putText(text, at, region);
}

const CLOSING_BRACKET = 0x29;
const GREATER_THAN = 0x3e;

/** True where Python may have printed an object as the text, which has a finding of its own. */
function mayBePrinted(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  if (last === CLOSING_BRACKET || last === GREATER_THAN || last <= 0x20) return true;
  return text === 'None' || text === 'nan' || text === 'inf' || text === '-inf';
}

function putNumber(site: Site, field: number, code: number, value: unknown, at: number, { view }: Region): number {
  const number = typeof value === 'number' ? value : numberOf(value, site.details[field]?.node.unit);
  if (!(number >= (site.least[field] as number) && number <= (site.most[field] as number))) return FAILED;
  if ((code & kinds.WHOLE) !== 0 && Math.floor(number) !== number) return FAILED;
  view.setFloat64(at, number, true);
  return at + 8;
}

function isOfTypes(value: unknown, types: readonly string[]): boolean {
  return types.includes(typeof value) || (Number.isInteger(value) && types.includes('integer'));
}

function putNested(detail: Detail, code: number, value: object, at: number, region: Region): number {
  switch (code & kinds.KIND) {
    case kinds.OBJECT:
      return putObject(detail.site as Site, value, at, region);
    case kinds.ARRAY:
      return putArray(detail, value, at, region);
    case kinds.MAP:
      return putMap(detail.site as Site, value, at, region);
    case kinds.OPEN:
      return Array.isArray(value) ? FAILED : putOpen(value, at, region);
    case kinds.UNION:
      return putUnion(detail, value, at, region);
    default:
      return FAILED;
  }
}

function putArray({ site, node }: Detail, value: object, at: number, region: Region): number {
  if (!Array.isArray(value)) return FAILED;
  const { minItems = 0, maxItems = Infinity } = node.range ?? {};
  const items: readonly unknown[] = value;
  if (items.length < minItems || items.length > maxItems) return FAILED;
  const held = site as Site;
  const code = held.codes[0] as number;
  let to = putCount(items.length, at, region);
  for (let i = 0; i < items.length; i += 1) {
    if (to > region.limit) return noRoom(region);
    to = putMember(held, 0, code, items[i] ?? null, to, region);
    if (to === FAILED) return FAILED;
  }
  return to;
}

function putMap(site: Site, value: object, at: number, region: Region): number {
  if (Object.getPrototypeOf(value) !== Object.prototype) return FAILED;
  const code = site.codes[0] as number;
  let count = 0;
  let to = at + 4;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    // A stated percentage is a number to the contract; a prototype as a key has a finding of its own.
    if (key === '__proto__' || key === 'percentage') return FAILED;
    count += 1;
    to = putText(key, to, region);
    if (to === FAILED) return FAILED;
    if (to > region.limit) return noRoom(region);
    to = putMember(site, 0, code, member, to, region);
    if (to === FAILED) return FAILED;
  }
  putCount(count, at, region);
  return to;
}

function putUnion({ node, branches }: Detail, value: object, at: number, region: Region): number {
  const branch = branches.get((value as Record<string, unknown>)[node.tag ?? '']);
  if (branch === undefined) return FAILED;
  region.bytes[at] = branch.index;
  return putObject(branch.site, value, at + 1, region);
}

/** Writes a document from its root on, which is the only field of a site. */
export function putRoot(root: Site, document: unknown, at: number, region: Region): number {
  if (at > region.limit) return noRoom(region);
  return putMember(root, 0, root.codes[0] as number, document, at, region);
}
