import type { Account } from './account.js';
import type { Activity } from './activity.js';
import { balanceError } from './exchange-error.js';
import type { Random } from './random.js';

/** The source of balances, which fails for a few loops now and then. */
export interface BalanceFeed {
  /** Reads the balances into the account, or misses them. */
  read(account: Account, unrealized: number, at: number): Activity[];
}

const OUTAGE_CHANCE = 1 / 120;
/** Routine refreshes are reported every so many loops. */
const REPORT_LOOPS = 10;

export function createBalanceFeed(random: Random): BalanceFeed {
  let outage = 0;
  let sinceReport = REPORT_LOOPS;
  let reportedAt: number | null = null;
  return {
    read: (account, unrealized, at) => {
      const begins = outage === 0 && reportedAt !== null && random.chance(OUTAGE_CHANCE);
      if (begins) outage = Math.floor(random.between(2, 6));
      if (outage > 0) {
        outage -= 1;
        sinceReport = REPORT_LOOPS;
        account.miss();
        return begins ? [{ kind: 'unavailable', source: 'balances', error: balanceError() }] : [];
      }
      account.refresh(unrealized, at);
      sinceReport += 1;
      if (sinceReport < REPORT_LOOPS) return [];
      const interval = reportedAt === null ? null : Math.max(0, at - reportedAt);
      sinceReport = 0;
      reportedAt = at;
      return [{ kind: 'refreshed', source: 'balances', interval }];
    },
  };
}
