import type { Activity } from './activity.js';
import type { Attempt, PaperOrder, Signal } from './attempt.js';
import { orderError } from './exchange-error.js';
import { openQty } from './exchange.js';
import type { Exchange } from './exchange.js';
import type { Ids } from './ids.js';
import { round } from './numbers.js';
import type { Policy } from './policy.js';
import type { Random } from './random.js';

/** Turns signals into orders: post-only first where the policy says so, then taking what is left. */
export interface Router {
  place(signal: Signal, policy: Policy, at: number): Activity[];
  /** Follows the resting orders after a tick. */
  poll(at: number): Activity[];
  /** Cancels every resting order, as a new process does with those that it finds. */
  cancelAll(reason: string): Activity[];
  isWorking(symbol: string): boolean;
}

const FAILURE_CHANCE = 0.05;
const MAX_POST_ONLY_REJECTS = 3;
const RESTING_LOOPS = 6;
/** An entry below this conviction is given up when its maker order does not fill. */
const FALLBACK_STRENGTH = 0.7;

export function createRouter(random: Random, ids: Ids, exchange: Exchange, dryRun: boolean): Router {
  let resting: PaperOrder[] = [];

  const take = (attempt: Attempt, qty: number, at: number): Activity[] => {
    attempt.usedFallback = attempt.makerStart;
    const order = exchange.fillMarket(attempt, qty, at);
    const trades = order.trades.map((trade): Activity => ({ kind: 'traded', order, trade }));
    return [{ kind: 'answered', order, reason: null }, ...trades, { kind: 'settled', order }, finished(attempt)];
  };

  const make = (attempt: Attempt, at: number): Activity[] => {
    const activities: Activity[] = [];
    while (attempt.postOnlyRejects < MAX_POST_ONLY_REJECTS) {
      const order = exchange.placePostOnly(attempt, attempt.signal.qty, makerPrice(attempt), at);
      if (order.status === 'NEW') {
        resting.push(order);
        return [...activities, { kind: 'answered', order, reason: null }];
      }
      attempt.postOnlyRejects += 1;
      activities.push({ kind: 'answered', order, reason: 'post-only order would have taken liquidity' });
    }
    return [...activities, ...take(attempt, attempt.signal.qty, at)];
  };

  const cancel = (order: PaperOrder, reason: string): Activity[] => {
    order.status = 'CANCELED';
    const cancelled: Activity = { kind: 'cancelled', order, openQty: openQty(order), reason };
    return order.trades.length > 0 ? [cancelled, { kind: 'settled', order }] : [cancelled];
  };

  const follow = (order: PaperOrder, at: number): Activity[] => {
    const { attempt } = order;
    const trade = exchange.reach(order, at);
    const traded: Activity[] = trade === null ? [] : [{ kind: 'traded', order, trade }];
    if (order.status === 'FILLED') return [...traded, { kind: 'settled', order }, finished(attempt)];
    order.rested += 1;
    if (order.rested < RESTING_LOOPS) return traded;
    const fallsBack = attempt.signal.reduceOnly || attempt.signal.strength >= FALLBACK_STRENGTH;
    const left = cancel(order, fallsBack ? 'not filled in time; taking instead' : 'not filled in time');
    return [...traded, ...left, ...(fallsBack ? take(attempt, openQty(order), at) : [finished(attempt)])];
  };

  return {
    place: (signal, policy, at) => {
      const attempt = newAttempt(signal, policy, random);
      if (dryRun)
        return [{ kind: 'answered', order: dryOrder(attempt, ids, at), reason: 'dry_run' }, finished(attempt)];
      if (random.chance(FAILURE_CHANCE)) return [{ kind: 'failed', attempt, error: orderError(random) }];
      return attempt.makerStart ? make(attempt, at) : take(attempt, signal.qty, at);
    },
    poll: (at) => {
      const followed = resting;
      resting = [];
      return followed.flatMap((order) => {
        const activities = follow(order, at);
        if (!activities.some(({ kind }) => kind === 'finished')) resting.push(order);
        return activities;
      });
    },
    cancelAll: (reason) => {
      const cancelled = resting.flatMap((order) => [...cancel(order, reason), finished(order.attempt)]);
      resting = [];
      return cancelled;
    },
    isWorking: (symbol) => resting.some(({ attempt }) => attempt.signal.market.symbol === symbol),
  };
}

/** Price of a post-only order: the near touch less the policy's offset. */
export function makerPrice({ signal, policy }: Attempt): number {
  const { bid, ask } = signal.market.quote();
  const offset = policy.offset_bps / 10_000;
  const price = signal.side === 'BUY' ? bid * (1 - offset) : ask * (1 + offset);
  return round(price, signal.market.instrument.priceDecimals);
}

function newAttempt(signal: Signal, policy: Policy, random: Random): Attempt {
  return {
    signal,
    policy,
    makerStart: policy.maker_first && !signal.urgent,
    decisionMs: round(random.between(0.8, 6), 3),
    submitMs: round(random.between(0.2, 2), 3),
    orders: [],
    postOnlyRejects: 0,
    usedFallback: false,
  };
}

function dryOrder(attempt: Attempt, ids: Ids, at: number): PaperOrder {
  const order: PaperOrder = {
    attempt,
    orderId: null,
    clientOrderId: ids.clientOrder(),
    type: attempt.makerStart ? 'LIMIT' : 'MARKET',
    price: attempt.makerStart ? makerPrice(attempt) : null,
    qty: attempt.signal.qty,
    mark: attempt.signal.market.quote().mark,
    sentAt: at,
    latencyMs: null,
    trades: [],
    status: 'DRY',
    rested: 0,
  };
  attempt.orders.push(order);
  return order;
}

function finished(attempt: Attempt): Activity {
  return { kind: 'finished', attempt };
}
