import { ledgerNames, stateNames } from '@hedge-telemetry/contract/writing';
import type { Counters } from './stats.js';
import { FAILED, OVERTAKEN, REFUSED, UNCHANGED, WRITTEN } from './thread/protocol.js';
import type { Threads } from './threads.js';

/** Counters of a writer over all surfaces and ledgers, under the names that `execution_health` gives them. */
export interface Totals {
  accepted: number;
  written: number;
  unchanged: number;
  coalesced: number;
  refused: number;
  rejected: number;
  spilled: number;
  withheld: number;
  failed_writes: number;
}

/** Adds up the counters of the caller's thread and of those that write files. */
export function totalsOf({ surfaces, ledgers }: Counters, { state, ledger }: Threads): Totals {
  const totals = {
    accepted: 0,
    written: state.total(WRITTEN) + ledger.total(WRITTEN),
    unchanged: state.total(UNCHANGED),
    coalesced: state.total(OVERTAKEN),
    refused: 0,
    rejected: 0,
    spilled: 0,
    withheld: state.total(REFUSED) + ledger.total(REFUSED),
    failed_writes: state.total(FAILED) + ledger.total(FAILED),
  };
  for (const name of stateNames) {
    const { published, refused, coalesced } = surfaces[name];
    totals.accepted += published;
    totals.refused += refused;
    totals.coalesced += coalesced;
  }
  for (const name of ledgerNames) {
    const { appended, refused, rejected, spilled } = ledgers[name];
    totals.accepted += appended;
    totals.refused += refused;
    totals.rejected += rejected;
    totals.spilled += spilled;
  }
  return totals;
}
