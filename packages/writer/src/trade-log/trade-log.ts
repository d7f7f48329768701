import { finding, isLedgerName, show } from '@hedge-telemetry/contract';
import type { LedgerName, LedgerRecords } from '@hedge-telemetry/contract';
import { closedTrade } from './closed-trade.js';
import type { ClosedTrade } from './closed-trade.js';
import { entriesOf, troubleEntry } from './entry.js';
import type { EntryPlace, TradeLogEntry } from './entry.js';
import { select } from './query.js';
import type { TradeLogQuery } from './query.js';
import { segments } from './segments.js';
import type { ByteSource, Order } from './segments.js';
import { sourcesOf, unreadable } from './sources.js';

/** Where the ledgers are. */
export interface TradeLogOptions {
  /** The logs directory; the ledgers lie in `execution/` below it. */
  readonly dir: string;
}

type Records<N extends LedgerName> = AsyncGenerator<LedgerRecords[N], void, undefined>;

/**
 * The lines of the ledgers, newest first. Memory does not grow with the file. Nothing throws on what a ledger holds: each torn
 * or malformed stretch is a finding, and costs no intact record. Only files of ledgers are read, never a state file.
 *
 * Lines are taken to have been written in order of time, but for 300 seconds: with `since` or `until`, reading ends after
 * 256 lines in a row that are further out of the window than that.
 *
 * A generator holds its file open until it ends: leave the loop, or call `return()`.
 */
export interface TradeLog {
  /** Acknowledgements, fills, closes and errors of orders. */
  ordersExecuted(query?: TradeLogQuery): Records<'orders_executed'>;
  /** How orders were executed. */
  orderMetrics(query?: TradeLogQuery): Records<'order_metrics'>;
  /** Orders that a risk gate refused. */
  riskVetoes(query?: TradeLogQuery): Records<'risk_vetoes'>;
  events(query?: TradeLogQuery): Records<'events'>;
  /** Closed positions, break-even ones included. `limit` counts them. */
  closes(query?: TradeLogQuery): AsyncGenerator<ClosedTrade, void, undefined>;
  /**
   * Every stretch of a ledger that holds a record asked for, or none at all, with its findings. The first that `limit` counts
   * are records.
   */
  entries<N extends LedgerName>(ledger: N, query?: TradeLogQuery): AsyncGenerator<TradeLogEntry<N>, void, undefined>;
}

/** Accessors over the ledgers below a logs directory. Opens nothing before the first line is asked for. */
export function createTradeLog({ dir }: TradeLogOptions): TradeLog {
  const records = <N extends LedgerName>(ledger: N, query: TradeLogQuery = {}): Records<N> =>
    recordsOf(selected(dir, ledger, query), query);
  return {
    ordersExecuted: (query) => records('orders_executed', query),
    orderMetrics: (query) => records('order_metrics', query),
    riskVetoes: (query) => records('risk_vetoes', query),
    events: (query) => records('events', query),
    closes: ({ limit = Infinity, ...query } = {}) => closesOf(records('orders_executed', query), limit),
    entries: (ledger, query = {}) => selected(dir, ledger, query),
  };
}

async function* closesOf(
  records: Records<'orders_executed'>,
  limit: number,
): AsyncGenerator<ClosedTrade, void, undefined> {
  let given = 0;
  if (limit === 0) return;
  for await (const record of records) {
    const trade = closedTrade(record);
    if (trade === null) continue;
    yield trade;
    given += 1;
    if (given >= limit) return;
  }
}

async function* recordsOf<N extends LedgerName>(
  entries: AsyncGenerator<TradeLogEntry<N>, void, undefined>,
  { onFinding }: TradeLogQuery,
): Records<N> {
  for await (const { record, findings } of entries) {
    for (const each of findings) if (each.level !== 'info') tell(onFinding, each);
    if (record !== null) yield record;
  }
}

/** Checks the query at once, and reads when it is asked. */
function selected<N extends LedgerName>(
  dir: string,
  ledger: N,
  query: TradeLogQuery,
): AsyncGenerator<TradeLogEntry<N>, void, undefined> {
  const selection = select(ledger, query);
  return (async function* () {
    if (selection.isDone()) return;
    for await (const entry of everyEntry(dir, ledger, query.order ?? 'newest')) {
      if (entry.record === null || selection.takes(entry.record)) yield entry;
      if (selection.isDone()) return;
    }
  })();
}

async function* everyEntry<N extends LedgerName>(
  dir: string,
  ledger: N,
  order: Order,
): AsyncGenerator<TradeLogEntry<N>, void, undefined> {
  if (!isLedgerName(ledger)) {
    const unknown = finding('unknown-surface', { expected: 'the name of a ledger', actual: show(ledger) });
    yield troubleEntry({ ledger, file: dir }, unknown);
    return;
  }
  for (const source of sourcesOf(dir, ledger, order)) {
    const place = { ledger, file: source.file };
    const opened = await source.open();
    if ('rule' in opened) yield troubleEntry(place, opened);
    else
      try {
        yield* entriesIn(opened, place, order);
      } finally {
        await opened.close();
      }
  }
}

async function* entriesIn<N extends LedgerName>(
  source: ByteSource,
  place: EntryPlace<N>,
  order: Order,
): AsyncGenerator<TradeLogEntry<N>, void, undefined> {
  try {
    for await (const batch of segments(source, order))
      for (const segment of batch) {
        const entries = entriesOf(segment, place);
        yield* order === 'newest' ? entries.toReversed() : entries;
      }
  } catch (error) {
    yield troubleEntry(place, unreadable(error));
  }
}

function tell(onFinding: TradeLogQuery['onFinding'], each: Parameters<NonNullable<typeof onFinding>>[0]): void {
  try {
    onFinding?.(each);
  } catch {
    // A listener's failure is its own.
  }
}
