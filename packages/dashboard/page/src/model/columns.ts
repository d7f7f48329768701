import { epochSeconds } from '@hedge-telemetry/contract';
import type { ApiEntry, ColumnsAnswer } from '../../../src/api/types.js';
import { fetchColumns } from './api.js';
import { createStore } from './store.js';
import type { Store } from './store.js';

/** Columns of a ledger since a time: history from the server, then what the stream brought. */
export interface Columns {
  /** One array per field, all of one length, in file order; they grow in place. */
  readonly values: Readonly<Record<string, unknown[]>>;
  readonly count: number;
  /** Start that the history was asked from, in seconds since 1970; null until it is loaded. */
  readonly since: number | null;
  /** The file that it comes from; null until it is loaded. */
  readonly file: string | null;
  /** Lines in that time that break the contract. */
  readonly invalid: number;
  /** Older lines were left out. */
  readonly truncated: boolean;
  readonly trouble: string | null;
}

/** Fields of the ledgers that are charted. */
export const charted: Readonly<Record<string, readonly string[]>> = {
  nav_history: ['ts', 'nav_total', 'dd_pct', 'unrealized_pnl'],
  order_metrics: ['ts', 'symbol', 'slippage_bps', 'is_maker_final', 'used_fallback', 'event'],
  risk_vetoes: ['ts', 'veto_reason', 'symbol'],
};

/** Rows that are asked for; of more that come by the stream the newest are asked for again. */
const MAX_ROWS = 200_000;
const RETRY_MS = 5_000;

interface Held {
  readonly store: Store<Columns>;
  /** Where the stream took over from the history. */
  position: string | null;
  /** What the stream brought since then. */
  appended: Record<string, unknown[]>;
  loading: number | null;
  due: ReturnType<typeof setTimeout> | null;
  /** The earliest time that anybody asked for. */
  wanted: number;
}

const held = new Map<string, Held>();

/** True where the history that is held goes back to a time, in seconds since 1970. */
export function reaches({ since }: Columns, start: number): boolean {
  return since !== null && since <= start;
}

/** The store of the charted columns of a ledger. */
export function columnsStore(ledger: string): Store<Columns> {
  return holdOf(ledger).store;
}

/** The stream begins at a position: what was held before is not continued. */
export function beginColumns(ledger: string, position: string): void {
  const hold = holdOf(ledger);
  hold.position = position;
  hold.appended = emptyColumns(ledger);
  hold.loading = null;
  if (Number.isFinite(hold.wanted)) void loadColumns(ledger, hold.wanted);
}

/** Adds lines that the stream brought; `position` is where the ledger stands after them. */
export function appendColumns(ledger: string, entries: readonly ApiEntry[], position: string): void {
  const hold = held.get(ledger);
  if (hold === undefined || charted[ledger] === undefined) return;
  const current = hold.store.get();
  if (current.count > MAX_ROWS) return beginColumns(ledger, position);
  const rows = entries.flatMap(({ record }) => (typeof record === 'object' && record !== null ? [record] : []));
  for (const field of charted[ledger]) {
    for (const row of rows) {
      const value = cellOf(row as Record<string, unknown>, field);
      hold.appended[field]?.push(value);
      current.values[field]?.push(value);
    }
  }
  const invalid = current.invalid + entries.length - rows.length;
  hold.store.set({ ...current, count: current.count + rows.length, invalid });
}

/** Sees to it that the history goes back to a time, in seconds since 1970. */
export function needColumns(ledger: string, since: number): void {
  const hold = holdOf(ledger);
  hold.wanted = Math.min(hold.wanted, since);
  // Everything that is drawn at once asks for its own span: the longest is loaded.
  hold.due ??= setTimeout(() => {
    hold.due = null;
    const loaded = Math.min(
      hold.store.get().since ?? Number.POSITIVE_INFINITY,
      hold.loading ?? Number.POSITIVE_INFINITY,
    );
    if (hold.wanted < loaded) void loadColumns(ledger, hold.wanted);
  });
}

async function loadColumns(ledger: string, since: number): Promise<void> {
  const hold = holdOf(ledger);
  const fields = charted[ledger];
  const { position } = hold;
  if (fields === undefined || position === null) return;
  hold.loading = since;
  try {
    const answer = await fetchColumns(ledger, fields, { since, before: position, limit: MAX_ROWS });
    if (hold.loading !== since || hold.position !== position) return;
    hold.store.set(joined(answer, hold.appended, fields, since));
  } catch (error) {
    if (hold.loading !== since) return;
    hold.loading = null;
    hold.store.update((current) => ({ ...current, trouble: error instanceof Error ? error.message : String(error) }));
    setTimeout(() => loadWanted(ledger), RETRY_MS);
  }
}

/** Loads what could not be loaded while there was no connection. */
export function loadMissingColumns(): void {
  for (const ledger of held.keys()) loadWanted(ledger);
}

function loadWanted(ledger: string): void {
  const { wanted } = holdOf(ledger);
  if (Number.isFinite(wanted)) needColumns(ledger, wanted);
}

function joined(
  answer: ColumnsAnswer,
  appended: Record<string, unknown[]>,
  fields: readonly string[],
  since: number,
): Columns {
  const values = Object.fromEntries(
    fields.map((field) => [field, [...(answer.columns[field] ?? []), ...(appended[field] ?? [])]]),
  );
  const { file, invalid, truncated } = answer;
  return { values, count: values[fields[0] ?? '']?.length ?? 0, since, file, invalid, truncated, trouble: null };
}

function cellOf(record: Record<string, unknown>, field: string): unknown {
  const value = record[field] ?? null;
  return field === 'ts' ? epochSeconds(value) : value;
}

function holdOf(ledger: string): Held {
  const known = held.get(ledger);
  if (known !== undefined) return known;
  const empty = emptyColumns(ledger);
  const store = createStore<Columns>({
    values: emptyColumns(ledger),
    count: 0,
    since: null,
    file: null,
    invalid: 0,
    truncated: false,
    trouble: null,
  });
  const made: Held = {
    store,
    position: null,
    appended: empty,
    loading: null,
    due: null,
    wanted: Number.POSITIVE_INFINITY,
  };
  held.set(ledger, made);
  return made;
}

function emptyColumns(ledger: string): Record<string, unknown[]> {
  return Object.fromEntries((charted[ledger] ?? []).map((field) => [field, []]));
}
