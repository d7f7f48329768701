import type { FieldNode } from '../registry.js';
import type { Pattern, TextForm } from './text.js';

/** Kinds of values, in the low bits of a field's code. */
export const KIND = 0x0f;
export const NUMBER = 0;
export const TEXT = 1;
export const CHOICE = 2;
export const BOOLEAN = 3;
export const OBJECT = 4;
export const ARRAY = 5;
export const MAP = 6;
export const OPEN = 7;
export const MIXED = 8;
export const UNION = 9;
/** The contract says more of the value than the encoding can hold it to. */
export const UNKNOWN = 10;
/** Bits of a field's code. */
export const NULLABLE = 0x10;
export const WHOLE = 0x20;
export const REQUIRED = 0x40;

/** No field. */
export const NONE = -1;

/** What the writer fills in where an object lacks it; numbers of fields. */
export interface Stamps {
  readonly tag: number;
  readonly clock: number;
  /** The time goes to the front, where a person looks for it in a ledger; else to the end. */
  readonly front: boolean;
  /** Fields that the contract derives, each from the first of its sources that is known. */
  readonly derived: readonly { readonly field: number; readonly from: readonly (readonly string[])[] }[];
}

/** What is asked of a text. Lengths are in UTF-16 units. */
export interface TextRule {
  readonly shortest: number;
  readonly longest: number;
  readonly pattern: Pattern | null;
  readonly form: TextForm;
}

/** What else there is to know of a value; empty parts are shared. */
export interface Detail {
  readonly node: FieldNode;
  readonly text: TextRule;
  /** The values of a choice, and the byte that stands for each; 0 is null. */
  readonly choices: ReadonlyMap<unknown, number>;
  /** The object, or the single field that stands for the items of an array or the values of a map. */
  readonly site: Site | null;
  /** The objects of a union, by the value of its tag. */
  readonly branches: ReadonlyMap<unknown, Branch>;
}

/** An object of a union. */
export interface Branch {
  readonly index: number;
  readonly site: Site;
  /** Where the site lies in a table. */
  readonly place: number;
}

/** An object whose keys are declared. What is said of its fields lies in arrays by field number. */
export interface Site {
  readonly keys: readonly string[];
  /** Kind and bits of each field. */
  readonly codes: Uint8Array;
  /** Bounds of each number, both included. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly details: readonly Detail[];
  /** How many of the fields an object must hold. */
  readonly required: number;
  readonly stamps: Stamps | null;
}
