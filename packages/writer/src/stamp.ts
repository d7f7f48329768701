import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Adds what a caller may leave out: the schema tag, and the time that the age is measured from, of a ledger record, of
 * each row of an array, and of a document whose schema does not require it. A time that was given stays, null included;
 * a time that the schema requires is the caller's to state, since it says when the content arose.
 */
export function stamped(entry: SurfaceEntry, value: unknown, now: () => number): unknown {
  const [root, rows] = entry.age.pointer.split('/*/');
  if (Array.isArray(value))
    return rows === undefined ? value : value.map((row) => timed(entry, row, rows, entry.root.items, now));
  if (!isObject(value)) return value;
  const tagged = entry.schemaTagged && !Object.hasOwn(value, 'schema') ? { schema: entry.schemaTag, ...value } : value;
  return rows === undefined ? timed(entry, tagged, (root ?? '').slice(1), branchOf(entry.root, value), now) : tagged;
}

/** The time goes to the front of a ledger line, where a person looks for it, and to the end of a document. */
function timed(
  entry: SurfaceEntry,
  value: unknown,
  key: string,
  node: FieldNode | undefined,
  now: () => number,
): unknown {
  if (!isObject(value) || Object.hasOwn(value, key)) return value;
  if (entry.kind === 'state' && node?.required?.includes(key) === true) return value;
  const time = timeIn(node?.fields?.[key]?.unit, now());
  if (time === null) return value;
  const { schema, ...rest } = value;
  if (key !== 'ts') return { ...value, [key]: time };
  return schema === undefined ? { [key]: time, ...rest } : { schema, [key]: time, ...rest };
}

function timeIn(unit: string | undefined, seconds: number): number | string | null {
  if (unit === 'epoch_s') return Number.isFinite(seconds) ? seconds : null;
  return unit === 'iso8601' ? new Date(seconds * 1000).toISOString() : null;
}

function branchOf(root: FieldNode, record: JsonObject): FieldNode | undefined {
  if (root.kind !== 'union') return root;
  const tag = record[root.tag ?? ''];
  return typeof tag === 'string' && root.branches !== undefined && Object.hasOwn(root.branches, tag)
    ? root.branches[tag]
    : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
