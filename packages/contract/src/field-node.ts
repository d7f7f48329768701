import type { FieldNode } from './registry.js';

/** What the contract says of the value of a key of `container`, which is itself at `node`; undefined where it says nothing. */
export function childNode(node: FieldNode | undefined, container: object, key: string): FieldNode | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'array') return node.items;
  if (node.kind === 'map') return node.values;
  const tag: unknown = node.kind === 'union' ? Reflect.get(container, node.tag ?? '') : undefined;
  const branch = typeof tag === 'string' && node.branches !== undefined && Object.hasOwn(node.branches, tag);
  const fields = (branch ? node.branches?.[tag] : node)?.fields;
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
