import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { deprecatedFields, fieldsInUse } from './fields-in-use.js';
import type { UsageNode } from './fields-in-use.js';

/** A surface, and what the contract says of its fields. */
export type UsageEntry = Pick<SurfaceEntry, 'name' | 'kind'> & { readonly root: UsageNode };

/** Where a document was read: a path below the logs directory, and the line of a ledger. */
export interface DocumentPlace {
  readonly file: string;
  readonly line: number | null;
}

/** How often a field that the contract does not declare occurs. */
export interface UndeclaredUsage {
  /** Every index of an array and every key of a map stands as `*`. */
  readonly pointer: string;
  readonly count: number;
  /** How often of these the value is null. */
  readonly nulls: number;
  /** Where it was first met; null where it was not. */
  readonly first: DocumentPlace | null;
}

/** How often a deprecated field occurs; a count of 0 says that nobody writes it any more. */
export interface DeprecatedUsage extends UndeclaredUsage {
  readonly replacedBy: string | null;
  /** ISO date of the last day on which the contract declares it. */
  readonly removeAfter: string | null;
}

/** What the documents of a surface hold. */
export interface SurfaceUsage {
  readonly surface: string;
  readonly kind: 'state' | 'ledger';
  readonly files: number;
  /** Documents of a state surface, or lines of a ledger, that were read. */
  readonly documents: number;
  /** How many of them are of which shape: "canonical", "v<major>" of an older version, a legacy dialect, or a word for why there is none. */
  readonly shapes: Readonly<Record<string, number>>;
  readonly deprecated: readonly DeprecatedUsage[];
  readonly undeclared: readonly UndeclaredUsage[];
  /** Occurrences of undeclared fields beyond those that are listed. */
  readonly unlisted: number;
}

/** Counts the documents of one surface, in bounded memory. */
export interface UsageTally {
  file(): void;
  /** Counts a document of the present major version and looks into its fields. */
  canonical(document: unknown, place: DocumentPlace): void;
  /** Counts a document of any other shape, which declares its fields itself. */
  other(shape: string): void;
  result(): SurfaceUsage;
}

const MAX_UNDECLARED = 1_000;

interface Counted {
  pointer: string;
  count: number;
  nulls: number;
  first: DocumentPlace | null;
}

/** Makes a tally of a surface. */
export function createUsageTally(entry: UsageEntry): UsageTally {
  const shapes = new Map<string, number>();
  const deprecated = new Map<string, Counted & { readonly node: UsageNode }>();
  const undeclared = new Map<string, Counted>();
  let files = 0;
  let documents = 0;
  let unlisted = 0;
  for (const { pointer, node } of deprecatedFields(entry.root))
    deprecated.set(keyOf(pointer, node), { ...uncounted(pointer), node });

  const counted = (pointer: string, node: UsageNode | null): Counted | undefined => {
    if (node !== null) return deprecated.get(keyOf(pointer, node));
    const known = undeclared.get(pointer);
    if (known !== undefined || undeclared.size >= MAX_UNDECLARED) return known;
    const fresh = uncounted(pointer);
    undeclared.set(pointer, fresh);
    return fresh;
  };
  const shaped = (shape: string): void => {
    documents += 1;
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  };

  return {
    file: () => void (files += 1),
    other: shaped,
    canonical(document, place) {
      shaped('canonical');
      for (const { pointer, node, isNull } of fieldsInUse(entry.root, document)) {
        const field = counted(pointer, node);
        if (field === undefined) unlisted += 1;
        else {
          field.count += 1;
          field.nulls += isNull ? 1 : 0;
          field.first ??= place;
        }
      }
    },
    result: () => ({
      surface: entry.name,
      kind: entry.kind,
      files,
      documents,
      shapes: Object.fromEntries([...shapes].toSorted(([one], [other]) => compare(one, other))),
      deprecated: [...deprecated.values()].toSorted(byCount).map(({ node, ...each }) => ({
        ...each,
        replacedBy: node.replacedBy ?? null,
        removeAfter: node.removeAfter ?? null,
      })),
      undeclared: [...undeclared.values()].toSorted(byCount).map((each) => ({ ...each })),
      unlisted,
    }),
  };
}

/** Two kinds of record may deprecate a field of one name in different ways. */
function keyOf(pointer: string, { replacedBy = '', removeAfter = '' }: UsageNode): string {
  return [pointer, replacedBy, removeAfter].join(' ');
}

function uncounted(pointer: string): Counted {
  return { pointer, count: 0, nulls: 0, first: null };
}

function byCount(one: Counted, other: Counted): number {
  return other.count - one.count || compare(one.pointer, other.pointer);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
