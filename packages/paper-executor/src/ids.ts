import type { Random } from './random.js';

/** Hands out the ids of a run. */
export interface Ids {
  attempt(): string;
  intent(): string;
  clientOrder(): string;
  /** Decimal digits beyond 2^53, as exchanges assign them. */
  order(): string;
  trade(): string;
}

const FIRST_ORDER = 8_389_766_000_000_000_000n;
const FIRST_TRADE = 412_000_000n;

/** Ids that only depend on the random source and on how many were asked for. */
export function createIds(random: Random): Ids {
  let order = FIRST_ORDER + BigInt(Math.floor(random.next() * 1_000_000_000));
  let trade = FIRST_TRADE + BigInt(Math.floor(random.next() * 1_000_000));
  let client = 0;
  return {
    attempt: () => `sig_${random.hex(10)}`,
    intent: () => `ord_${random.hex(10)}`,
    clientOrder: () => {
      client += 1;
      return `paper-${String(client).padStart(6, '0')}-${random.hex(4)}`;
    },
    order: () => String((order += BigInt(1 + Math.floor(random.next() * 900)))),
    trade: () => String((trade += BigInt(1 + Math.floor(random.next() * 9)))),
  };
}
