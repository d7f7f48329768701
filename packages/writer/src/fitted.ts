import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';
import type { RedactionFinding } from './redact/index.js';

/**
 * A redacted document whose strings fit their fields again: a marker may be longer than the secret it stands for, and a
 * record is not to be lost for that. Documents without findings are given back as they are.
 */
export function fitted(entry: SurfaceEntry, document: unknown, redactions: readonly RedactionFinding[]): unknown {
  if (redactions.length === 0) return document;
  return redactions.reduce((value, { pointer }) => cutAt(value, entry.root, pointer.split('/').slice(1)), document);
}

function cutAt(value: unknown, node: FieldNode | undefined, [segment, ...rest]: readonly string[]): unknown {
  if (node === undefined) return value;
  if (segment === undefined) return typeof value === 'string' ? cut(value, node.range?.['maxLength']) : value;
  if (typeof value !== 'object' || value === null) return value;
  const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
  if (!Object.hasOwn(value, key)) return value;
  const held: unknown = Reflect.get(value, key);
  const kept = cutAt(held, childOf(node, value, key), rest);
  if (kept === held) return value;
  return Array.isArray(value) ? value.with(Number(key), kept) : { ...value, [key]: kept };
}

function childOf(node: FieldNode, value: object, key: string): FieldNode | undefined {
  if (node.kind === 'array') return node.items;
  if (node.kind === 'map') return node.values;
  const tag: unknown = node.kind === 'union' ? Reflect.get(value, node.tag ?? '') : undefined;
  const fields = (typeof tag === 'string' ? node.branches?.[tag] : node)?.fields;
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Lengths are code points, as JSON Schema counts them. */
function cut(text: string, limit: number | undefined): string {
  if (limit === undefined || text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : points.slice(0, limit).join('');
}
