import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { createHousekeeping } from '../disk/housekeeping.js';
import { createRingReader } from '../hand-off/ring.js';
import { createLedgerFile } from './ledger-file.js';
import type { LedgerFile } from './ledger-file.js';
import type { Desk } from './loop.js';
import type { Tools } from './tools.js';

/** A desk that gets ledgers as they are appended to first. */
export interface LedgerDesk extends Desk {
  take(ledger: LedgerName, memory: SharedArrayBuffer): void;
}

/** Locks are refreshed and segments looked after about so often, in milliseconds. */
const ROUND = 1000;
const LONG = 60_000;

/** Appends to ledgers: every record once, in order. */
export function createLedgerDesk(tools: Tools): LedgerDesk {
  const { data, say } = tools;
  const { rotation, keep } = data;
  const tell = (finding: Finding): void => say([finding]);
  const housekeeping = createHousekeeping({
    gzip: rotation.gzip ?? false,
    keep,
    now: () => Date.now() / 1000,
    say: tell,
  });
  const files = new Map<LedgerName, LedgerFile>();
  let round = 0;

  function goRound(now: number): void {
    if (now < round) return;
    round = now + ROUND;
    for (const file of files.values()) file.tick();
    housekeeping.poll();
  }

  return {
    take(ledger, memory) {
      if (files.has(ledger)) return;
      files.set(ledger, createLedgerFile(ledger, createRingReader(memory), housekeeping, tools));
    },
    work(now) {
      goRound(now);
      let worked = false;
      for (const file of files.values()) worked = file.work(now) || worked;
      return worked;
    },
    settle: (durable) => [...files.values()].flatMap((file) => file.settle(durable)),
    idle: (now) => (files.size === 0 ? LONG : Math.min(ROUND, ...[...files.values()].map((file) => file.idle(now)))),
    close() {
      for (const file of files.values()) file.close();
      housekeeping.close();
    },
  };
}
