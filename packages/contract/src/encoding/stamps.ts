import { segments } from '../pointer.js';
import type { FieldNode, SurfaceEntry } from '../registry.js';
import { NONE } from './site.js';
import type { Stamps } from './site.js';

/** The key that the age of a ledger's record is measured from goes to the front. */
const LEDGER_TIME = 'ts';

/**
 * What the writer fills in at the root of a document, in a branch of it, or in each row of an array: the schema tag,
 * derived fields, and the time of a ledger's record and of what does not require its own.
 */
export function stampsOf(entry: SurfaceEntry, node: FieldNode): Stamps {
  const keys = Object.keys(node.fields ?? {});
  const [own = '', row] = entry.age.pointer.split('/*/');
  const isRow = entry.root.kind === 'array';
  const clock = isRow ? row : own.slice(1);
  const stampsClock = clock !== undefined && (entry.kind === 'ledger' || node.required?.includes(clock) !== true);
  return {
    tag: entry.schemaTagged && !isRow ? keys.indexOf('schema') : NONE,
    clock: stampsClock ? keys.indexOf(clock) : NONE,
    front: clock === LEDGER_TIME,
    derived: isRow
      ? []
      : entry.derived.map(({ pointer, from }) => ({
          field: keys.indexOf(segments(pointer)[0] ?? ''),
          from: from.map(segments),
        })),
  };
}

/** True where an object may lack a field, since it is filled in. */
export function isFilledIn(stamps: Stamps | null, field: number): boolean {
  if (stamps === null) return false;
  return field === stamps.clock || field === stamps.tag || stamps.derived.some((each) => each.field === field);
}
