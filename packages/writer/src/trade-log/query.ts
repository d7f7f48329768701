import { documentTime, registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, LedgerRecords } from '@hedge-telemetry/contract';
import type { Order } from './segments.js';

/** Which lines of a ledger to give. */
export interface TradeLogQuery {
  /** Only lines of this symbol, spelt as the exchange does. */
  readonly symbol?: string | undefined;
  /** Only lines written at or after this time, by their own `ts`: seconds since 1970, or a Date. */
  readonly since?: number | Date | undefined;
  /** Only lines written before this time. */
  readonly until?: number | Date | undefined;
  /** Records at most; an integer of at least 0, else a RangeError. */
  readonly limit?: number | undefined;
  /** `newest` first by default. */
  readonly order?: Order | undefined;
  /** Hears every finding but those of level info: what could not be read, and why. What it throws is ignored. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** Decides over one line after the other. */
export interface Selection<N extends LedgerName> {
  /** True where the line is asked for. */
  takes(record: LedgerRecords[N]): boolean;
  /** True once no further line can be asked for. */
  isDone(): boolean;
}

/** Clocks are set back: lines are taken to be in order of time only up to this, in seconds. */
const DISORDER_S = 300;
/** Consecutive lines out of the window, by more than DISORDER_S, after which the rest is taken to be out of it, too. */
const BEYOND_LINES = 256;

/** The selection of a query. A number out of its range is a RangeError. */
export function select<N extends LedgerName>(ledger: N, query: TradeLogQuery): Selection<N> {
  const { symbol, limit = Infinity, order = 'newest' } = query;
  if (!(limit === Infinity || (Number.isInteger(limit) && limit >= 0)))
    throw new RangeError(`limit is ${limit}, expected an integer of at least 0`);
  const since = seconds(query.since, -Infinity, 'since');
  const until = seconds(query.until, Infinity, 'until');
  let taken = 0;
  let beyond = 0;

  const isWithin = (record: LedgerRecords[N]): boolean => {
    if (since === -Infinity && until === Infinity) return true;
    const time = documentTime(registry[ledger], record);
    if (time === null) return false;
    const isPast = order === 'newest' ? time < since - DISORDER_S : time >= until + DISORDER_S;
    beyond = isPast ? beyond + 1 : 0;
    return time >= since && time < until;
  };

  return {
    takes(record) {
      if (taken >= limit || !isWithin(record)) return false;
      if (symbol !== undefined && !('symbol' in record && record.symbol === symbol)) return false;
      taken += 1;
      return true;
    },
    isDone: () => taken >= limit || beyond >= BEYOND_LINES,
  };
}

function seconds(time: number | Date | undefined, otherwise: number, name: string): number {
  if (time === undefined) return otherwise;
  const value = typeof time === 'number' ? time : time.getTime() / 1000;
  if (Number.isNaN(value)) throw new RangeError(`${name} is no time`);
  return value;
}
