import type { FieldNode } from '../registry.js';

/** True where a text may be written as it is; where not, somebody has to look at the document as a whole. */
export type Judge = (text: string) => boolean;

/** Where a value stands in a document. The items of an array stand where it does. */
export interface Place {
  readonly text: Judge;
  readonly number: (value: number) => boolean;
  /** Where the value of a key stands; null for a key that has to be looked at. */
  readonly child: (key: string) => Place | null;
}

/** Judges the values of a document one by one while it is decoded. */
export interface Screen {
  readonly root: Place;
  /** The judge of a field's texts; null where none of its valid values needs one. */
  readonly field: (place: Place, node: FieldNode) => Judge | null;
}

const anything: Place = { text: () => true, number: () => true, child: () => anything };

/** A screen that lets everything pass. */
export const openScreen: Screen = { root: anything, field: () => null };
