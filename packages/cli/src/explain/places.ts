import { segment } from '@hedge-telemetry/contract';
import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';

/** A declared field of a surface and where it stands. */
export interface FieldPlace {
  /** Every index of an array and every key of a map stands as `*`; empty for the document itself. */
  readonly pointer: string;
  /** Last key of the pointer; empty where that is `*`. */
  readonly key: string;
  readonly node: FieldNode;
  /** The key is required in its object. */
  readonly isRequired: boolean;
  /** Kind of record that it is of, where a ledger has several. */
  readonly record: string | null;
}

type Place = Omit<FieldPlace, 'node'>;

/** Every declared field of a surface, in the order of its schema. */
export function fieldPlaces({ root }: Pick<SurfaceEntry, 'root'>): FieldPlace[] {
  return [...below(root, { pointer: '', key: '', isRequired: true, record: null })];
}

function* below(node: FieldNode, place: Place): Generator<FieldPlace> {
  const { pointer, record } = place;
  for (const [key, field] of Object.entries(node.fields ?? {})) {
    const isRequired = node.required?.includes(key) === true;
    const at = { pointer: `${pointer}/${segment(key)}`, key, isRequired, record };
    yield { ...at, node: field };
    yield* below(field, at);
  }
  for (const child of [node.items, node.values])
    if (child !== undefined) {
      const at = { pointer: `${pointer}/*`, key: '', isRequired: false, record };
      if (child.kind === 'scalar') yield { ...at, node: child };
      yield* below(child, at);
    }
  for (const [name, branch] of Object.entries(node.branches ?? {}))
    yield* below(branch, { ...place, record: pointer === '' ? name : record });
}
