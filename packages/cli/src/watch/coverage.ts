import { segment } from '@hedge-telemetry/contract';
import type { FieldNode } from '@hedge-telemetry/contract';

/** How many documents hold a field. */
export interface FieldCoverage {
  /** Every index of an array and every key of a map stands as `*`. */
  readonly pointer: string;
  /** Kind of record that declares it, where a ledger has several. */
  readonly record: string | null;
  /** Documents in which the key stands, also with null. */
  readonly occurs: number;
  /** Documents in which it has a value at least once. */
  readonly known: number;
  /** `known` as a share of the documents, or of the records of the kind; null where there were none. */
  readonly share: number | null;
}

/** A key that the contract does not declare, and how many documents hold it. */
export interface UndeclaredCoverage {
  readonly pointer: string;
  readonly occurs: number;
}

/** What the documents of a surface hold of what the contract declares. */
export interface Coverage {
  readonly documents: number;
  readonly fields: readonly FieldCoverage[];
  /** At most MAX_UNDECLARED, in the order in which they were met. */
  readonly undeclared: readonly UndeclaredCoverage[];
}

/** Counts the fields of documents one by one, in memory that the contract bounds. */
export interface CoverageTally {
  /** A canonical document. */
  add(document: unknown): void;
  result(): Coverage;
  /** How many declared fields there are, and how many of them ever had a value. */
  counts(): { readonly declared: number; readonly known: number; readonly undeclared: number };
}

/** Documents, or records of one kind, that were counted. */
interface Total {
  documents: number;
}

/** A declared value, counted once per document. */
interface Place {
  readonly pointer: string;
  readonly record: string | null;
  readonly node: FieldNode;
  /** What the share is measured by. */
  readonly total: Total;
  readonly fields: Map<string, Place>;
  readonly branches: Map<string, Place>;
  each: Place | null;
  occurs: number;
  known: number;
  /** Numbers of the documents that were counted last. */
  lastOccurs: number;
  lastKnown: number;
}

const MAX_UNDECLARED = 200;
const SHOWN_LENGTH = 120;

/** Makes a tally of the documents at a node of the contract. */
export function createCoverage(root: FieldNode): CoverageTally {
  const declared: Place[] = [];
  const total: Total = { documents: 0 };
  const top = grown({ pointer: '', record: null, node: root, total }, declared);
  const undeclared = new Map<string, { occurs: number; last: number }>();

  const note = (pointer: string): void => {
    const known = undeclared.get(pointer);
    if (known === undefined) {
      if (undeclared.size < MAX_UNDECLARED) undeclared.set(pointer, { occurs: 1, last: total.documents });
    } else if (known.last !== total.documents) {
      known.occurs += 1;
      known.last = total.documents;
    }
  };
  return {
    add(document) {
      total.documents += 1;
      count(top, document, total.documents, note);
    },
    result: () => ({
      documents: total.documents,
      fields: declared.map(({ pointer, record, occurs, known, total: { documents } }) => {
        return { pointer, record, occurs, known, share: documents === 0 ? null : known / documents };
      }),
      undeclared: [...undeclared].map(([pointer, { occurs }]) => ({ pointer, occurs })),
    }),
    counts: () => ({
      declared: declared.length,
      known: declared.filter(({ known }) => known > 0).length,
      undeclared: undeclared.size,
    }),
  };
}

/** A place with everything below it; the fields go to `declared` in the order of the schema. */
function grown(at: Pick<Place, 'pointer' | 'record' | 'node' | 'total'>, declared: Place[]): Place {
  const place: Place = {
    ...at,
    fields: new Map(),
    branches: new Map(),
    each: null,
    occurs: 0,
    known: 0,
    lastOccurs: 0,
    lastKnown: 0,
  };
  const { node, pointer, record } = at;
  if (pointer !== '' && !pointer.endsWith('/*')) declared.push(place);
  const item = node.items ?? node.values;
  if (item !== undefined) place.each = grown({ ...at, node: item, pointer: `${pointer}/*` }, declared);
  for (const [key, field] of Object.entries(node.fields ?? {}))
    place.fields.set(key, grown({ ...at, node: field, pointer: `${pointer}/${segment(key)}` }, declared));
  for (const [kind, branch] of Object.entries(node.branches ?? {})) {
    const of = pointer === '' ? { record: kind, total: { documents: 0 } } : { record };
    place.branches.set(kind, grown({ ...at, ...of, node: branch }, pointer === '' ? declared : []));
  }
  return place;
}

function count(place: Place, value: unknown, document: number, note: (pointer: string) => void): void {
  if (place.lastOccurs !== document) place.occurs += 1;
  place.lastOccurs = document;
  if (value === null || value === undefined) return;
  if (place.lastKnown !== document) place.known += 1;
  place.lastKnown = document;
  if (typeof value !== 'object') return;
  const { each, node } = place;
  if (each !== null) for (const item of Object.values(value)) count(each, item, document, note);
  else if (node.kind === 'object') countKeys(place, value, document, note);
  else if (node.kind === 'union') {
    const kind: unknown = Reflect.get(value, node.tag ?? '');
    const branch = typeof kind === 'string' ? place.branches.get(kind) : undefined;
    if (branch === undefined) return;
    if (branch.total !== place.total) branch.total.documents += 1;
    count(branch, value, document, note);
  }
}

function countKeys(place: Place, value: object, document: number, note: (pointer: string) => void): void {
  for (const [key, each] of Object.entries(value)) {
    const field = place.fields.get(key);
    if (field === undefined) note(`${place.pointer}/${segment(clipped(key))}`);
    else count(field, each, document, note);
  }
}

function clipped(key: string): string {
  return key.length > SHOWN_LENGTH ? `${key.slice(0, SHOWN_LENGTH - 1)}…` : key;
}
