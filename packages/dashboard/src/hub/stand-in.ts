import { join } from 'node:path';
import type { LedgerName } from '@hedge-telemetry/contract';
import { NAV_LOG, navLogEntries } from '../ledger/nav-log.js';
import { lookAt } from './file-look.js';
import type { FileLook } from './file-look.js';
import type { LedgerFeed } from './ledger-feed.js';
import { createLedgerHealth } from './ledger-health.js';
import type { LedgerHealth } from './ledger-health.js';

/** A legacy file that stands for a ledger that does not exist. */
export interface StandIn {
  readonly file: string;
  readonly health: LedgerHealth;
}

/** Watches whether a legacy file stands for a ledger; it is read again when it changes. */
export interface StandInWatch {
  look(feed: LedgerFeed, segments: number): Promise<void>;
  of(ledger: LedgerName): StandIn | null;
}

export function watchStandIn(dir: string): StandInWatch {
  let last: FileLook | null = null;
  let standIn: StandIn | null = null;
  return {
    of: (ledger) => (ledger === 'nav_history' ? standIn : null),
    look: async (feed, segments) => {
      if (feed.ledger !== 'nav_history') return;
      const { size, trouble } = feed.health();
      const isThere = size !== null || trouble !== null || segments > 0;
      const seen = await lookAt(join(dir, NAV_LOG));
      if (isThere || seen.size === null) {
        last = null;
        standIn = null;
        return;
      }
      if (last !== null && seen.key === last.key && !last.isRacy) return;
      last = seen;
      const health = createLedgerHealth(NAV_LOG);
      health.sized(seen.size);
      for (const { entry } of await navLogEntries(dir)) health.saw(entry);
      standIn = { file: NAV_LOG, health };
    },
  };
}
