import { segment } from '@hedge-telemetry/contract';
import type { FieldNode } from '@hedge-telemetry/contract';

/** What the contract says of a field, and of a deprecated one what takes its place and until when it stays. */
export interface UsageNode extends FieldNode {
  readonly replacedBy?: string;
  /** ISO date. */
  readonly removeAfter?: string;
  readonly fields?: Readonly<Record<string, UsageNode>>;
  readonly items?: UsageNode;
  readonly values?: UsageNode;
  readonly branches?: Readonly<Record<string, UsageNode>>;
}

/** A deprecated or undeclared field of a document. */
export interface FieldInUse {
  /** Every index of an array and every key of a map stands as `*`. */
  readonly pointer: string;
  /** What the contract says of the deprecated field; null where it does not declare the key. */
  readonly node: UsageNode | null;
  readonly isNull: boolean;
}

/** A deprecated field that a document may hold. */
export interface DeprecatedField {
  readonly pointer: string;
  readonly node: UsageNode;
}

const SHOWN_LENGTH = 120;

/** The deprecated and the undeclared fields of a canonical document, in document order, once per place. */
export function* fieldsInUse(node: UsageNode, value: unknown, pointer = ''): Generator<FieldInUse> {
  if (Array.isArray(value)) {
    if (node.kind === 'array' && node.items !== undefined)
      for (const item of value) yield* fieldsInUse(node.items, item, `${pointer}/*`);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (node.kind === 'object') for (const [key, each] of entries) yield* ofKey(node, key, each, pointer);
    if (node.kind === 'map' && node.values !== undefined)
      for (const [, each] of entries) yield* fieldsInUse(node.values, each, `${pointer}/*`);
    if (node.kind === 'union') yield* ofBranch(node, entries, value, pointer);
  }
}

/** Every deprecated field that the contract still declares. */
export function* deprecatedFields(node: UsageNode, pointer = ''): Generator<DeprecatedField> {
  if (node.deprecated === true) yield { pointer, node };
  for (const [key, field] of Object.entries(node.fields ?? {}))
    yield* deprecatedFields(field, `${pointer}/${segment(key)}`);
  for (const child of [node.items, node.values])
    if (child !== undefined) yield* deprecatedFields(child, `${pointer}/*`);
  for (const branch of Object.values(node.branches ?? {})) yield* deprecatedFields(branch, pointer);
}

function* ofKey({ fields = {} }: UsageNode, key: string, value: unknown, pointer: string): Generator<FieldInUse> {
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const shown = key.length > SHOWN_LENGTH ? `${key.slice(0, SHOWN_LENGTH - 1)}…` : key;
  const at = `${pointer}/${segment(shown)}`;
  if (field === undefined) yield { pointer: at, node: null, isNull: value === null };
  else {
    if (field.deprecated === true) yield { pointer: at, node: field, isNull: value === null };
    yield* fieldsInUse(field, value, at);
  }
}

/** What stands in a record of a kind that the contract does not know cannot be judged. */
function* ofBranch(
  { tag, branches = {} }: UsageNode,
  entries: readonly (readonly [string, unknown])[],
  value: unknown,
  pointer: string,
): Generator<FieldInUse> {
  const kind = entries.find(([key]) => key === tag)?.[1];
  const branch = typeof kind === 'string' && Object.hasOwn(branches, kind) ? branches[kind] : undefined;
  if (branch !== undefined) yield* fieldsInUse(branch, value, pointer);
}
