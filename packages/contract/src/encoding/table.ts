import type { FieldNode } from '../registry.js';
import * as kinds from './site.js';
import type { Detail, Site, Stamps } from './site.js';

/**
 * Sites as they are read in the executor's loop, where nothing is in the processor's caches: what is said of a field lies
 * side by side, in a few arrays for all surfaces. Fields have numbers over all sites.
 */
export interface Table {
  readonly keys: string[];
  /** Two words to a field: its code, with the field that followed in the last object, and its operand. */
  readonly fields: Int32Array;
  /** Four words to a site: its first field, how many there are, how many an object must hold, the place of its stamps. */
  readonly sites: Int32Array;
  /** Bounds of numbers, both included, in pairs. */
  readonly bounds: Float64Array;
  /** Values of choices, one after another. */
  readonly choices: unknown[];
  readonly details: Detail[];
  /** What the contract says of each field; asked only for values of an unusual kind. */
  readonly nodes: FieldNode[];
  readonly stamps: Stamps[];
}

/** Bits of a field's first word, above its code. */
export const COUNT_SHIFT = 8;
export const COUNT = 0xff;
/** The place, within its site, of the field that was met here last. */
export const EXPECTED_SHIFT = 16;
export const EXPECTED = 0xff;
/** No operand: any number, or any text. */
export const NO_OPERAND = -1;

const WORDS = 2;
const SITE_WORDS = 4;

/** Lays out sites and all that lies below them. Gives the table, and the field that stands for each root. */
export function layOut(roots: readonly Site[]): { readonly table: Table; readonly fields: readonly number[] } {
  const keys: string[] = [];
  const words: number[] = [];
  const sites: number[] = [];
  const bounds: number[] = [];
  const choices: unknown[] = [];
  const details: Detail[] = [];
  const nodes: FieldNode[] = [];
  const stamps: Stamps[] = [];

  /** The fields of a site lie together; those of the objects below come after them. */
  function addSite(site: Site): number {
    const index = sites.length / SITE_WORDS;
    const first = keys.length;
    sites.push(first, site.keys.length, site.required, site.stamps === null ? -1 : stamps.push(site.stamps) - 1);
    keys.push(...site.keys);
    nodes.push(...site.details.map(({ node }) => node));
    words.push(...Array.from({ length: WORDS * site.keys.length }, () => 0));
    site.keys.forEach((_, field) => {
      const operand = operandOf(site, field);
      const count = site.details[field]?.choices.size ?? 0;
      const code = site.codes[field] as number;
      words[WORDS * (first + field)] = code | (count << COUNT_SHIFT) | (field << EXPECTED_SHIFT);
      words[WORDS * (first + field) + 1] = operand;
    });
    return index;
  }

  function operandOf(site: Site, field: number): number {
    const detail = site.details[field] as Detail;
    switch ((site.codes[field] as number) & kinds.KIND) {
      case kinds.NUMBER:
        return boundsOf(site.least[field] as number, site.most[field] as number);
      case kinds.TEXT:
        return isAnyText(detail) ? NO_OPERAND : details.push(detail) - 1;
      case kinds.CHOICE:
        return choices.push(...detail.choices.keys()) - detail.choices.size;
      case kinds.OBJECT:
        return addSite(detail.site as Site);
      case kinds.ARRAY:
      case kinds.MAP:
        return sites[SITE_WORDS * addSite(detail.site as Site)] as number;
      default:
        return details.push({ ...detail, branches: placed(detail) }) - 1;
    }
  }

  function boundsOf(least: number, most: number): number {
    if (least === -Number.MAX_VALUE && most === Number.MAX_VALUE) return NO_OPERAND;
    return bounds.push(least, most) - WORDS;
  }

  function placed({ branches }: Detail): Detail['branches'] {
    return new Map([...branches].map(([value, branch]) => [value, { ...branch, place: addSite(branch.site) }]));
  }

  const fields = roots.map((root) => sites[SITE_WORDS * addSite(root)] as number);
  const table = {
    keys,
    fields: Int32Array.from(words),
    sites: Int32Array.from(sites),
    bounds: Float64Array.from(bounds),
    choices,
    details,
    nodes,
    stamps,
  };
  return { table, fields };
}

function isAnyText({ text: { shortest, longest, pattern, form } }: Detail): boolean {
  return shortest === 0 && longest === Infinity && pattern === null && form === 'free';
}
