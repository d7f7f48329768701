import { epochSeconds, registry, valueAt } from '@hedge-telemetry/contract';
import type { FieldNode, LedgerName } from '@hedge-telemetry/contract';
import type { Hub } from '../hub/hub.js';
import { after, linesIn, timeOf } from '../ledger/history.js';
import type { PlacedEntry } from '../ledger/history.js';
import { isNavLog, navLogEntries } from '../ledger/nav-log.js';
import { positionText } from '../ledger/position.js';
import type { Position } from '../ledger/position.js';
import type { ColumnsAnswer } from './types.js';

interface Column {
  readonly name: string;
  readonly pointer: string;
  readonly isTime: boolean;
  values: unknown[];
}

/** Which records are wanted. */
export interface ColumnsQuery {
  readonly since: number | null;
  readonly before: Position | null;
  readonly limit: number;
}

/** The newest `limit` records at or after `since` as one array per field. What is null or absent is null. */
export async function columnsOf(
  hub: Hub,
  ledger: LedgerName,
  file: string,
  fields: readonly string[],
  { since, before, limit }: ColumnsQuery,
): Promise<ColumnsAnswer> {
  const columns = fields.map((name) => column(ledger, name));
  const lines = isNavLog(ledger, file)
    ? navLogIn(hub.navLogDir, since ?? 0, before)
    : linesIn(hub.dir, ledger, { since: since ?? 0, before });
  let next: Position = before ?? hub.positions()[ledger];
  let invalid = 0;
  let count = 0;
  let truncated = false;
  for await (const placed of lines) {
    next = after(placed);
    const { record } = placed.entry;
    if (record === null) {
      invalid += 1;
      continue;
    }
    for (const each of columns) each.values.push(cell(record, each));
    count += 1;
    if (count < 2 * limit) continue;
    truncated = true;
    count = limit;
    for (const each of columns) each.values = each.values.slice(-limit);
  }
  const values = (each: Column): readonly unknown[] => (count > limit ? each.values.slice(-limit) : each.values);
  return {
    now: hub.now(),
    ledger,
    file,
    columns: Object.fromEntries(columns.map((each) => [each.name, values(each)])),
    count: Math.min(count, limit),
    invalid,
    next: positionText(next),
    truncated: truncated || count > limit,
  };
}

/** The feed of a ledger that does not exist stands at its beginning: before that lies all of the file that stands for it. */
async function* navLogIn(
  dir: string,
  since: number,
  before: Position | null,
): AsyncGenerator<PlacedEntry, void, undefined> {
  const end = before === null || before.generation === null ? Infinity : before.offset;
  for (const placed of await navLogEntries(dir))
    if (placed.entry.end <= end && (timeOf(placed.entry) ?? Infinity) >= since) yield placed;
}

function column(ledger: LedgerName, name: string): Column {
  const keys = name.split('.');
  const units = unitsOf(registry[ledger].root, keys);
  return {
    name,
    pointer: `/${keys.join('/')}`,
    isTime: units.includes('iso8601') || units.includes('epoch_s'),
    values: [],
  };
}

/** The units of a field, in every branch where the records are of several types. */
function unitsOf(root: FieldNode, keys: readonly string[]): string[] {
  const nodes = root.kind === 'union' ? Object.values(root.branches ?? {}) : [root];
  return nodes.flatMap((node) => {
    const field = keys.reduce<FieldNode | undefined>((parent, key) => parent?.fields?.[key], node);
    return field?.unit === undefined ? [] : [field.unit];
  });
}

function cell(record: unknown, { pointer, isTime }: Column): unknown {
  const value = valueAt(record, pointer) ?? null;
  if (!isTime || typeof value !== 'string') return value;
  return epochSeconds(value);
}
