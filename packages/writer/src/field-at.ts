import { childNode, segments } from '@hedge-telemetry/contract/writing';
import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';

/** A value in a document, and what the contract says of the field that it is in; undefined in a part that it leaves open. */
export interface Field {
  readonly value: unknown;
  readonly node: FieldNode | undefined;
}

/** The field at a JSON pointer; undefined where the document holds nothing there. */
export function fieldAt(entry: SurfaceEntry, document: unknown, pointer: string): Field | undefined {
  let field: Field = { value: document, node: entry.root };
  for (const key of segments(pointer)) {
    const { value, node } = field;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    field = { value: Reflect.get(value, key), node: childNode(node, value, key) };
  }
  return field;
}
