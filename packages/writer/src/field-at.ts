import { segments } from '@hedge-telemetry/contract';
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
    field = { value: Reflect.get(value, key), node: node === undefined ? undefined : childOf(node, value, key) };
  }
  return field;
}

/** What the contract says of the value of a key. */
export function childOf(node: FieldNode, value: object, key: string): FieldNode | undefined {
  if (node.kind === 'array') return node.items;
  if (node.kind === 'map') return node.values;
  const tag: unknown = node.kind === 'union' ? Reflect.get(value, node.tag ?? '') : undefined;
  const branch = typeof tag === 'string' && node.branches !== undefined && Object.hasOwn(node.branches, tag);
  const fields = (branch ? node.branches?.[tag] : node)?.fields;
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
