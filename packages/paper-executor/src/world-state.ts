import { createAccount } from './account.js';
import type { Account } from './account.js';
import { createBalanceFeed } from './balance-feed.js';
import type { BalanceFeed } from './balance-feed.js';
import { createDayBook } from './day-book.js';
import type { DayBook } from './day-book.js';
import { createExchange } from './exchange.js';
import type { Book } from './exchange.js';
import { createIds } from './ids.js';
import type { Ids } from './ids.js';
import { createMarket } from './market.js';
import type { Market } from './market.js';
import { createPace } from './pace.js';
import type { Pace } from './pace.js';
import { createPortfolio } from './portfolio.js';
import type { Portfolio } from './portfolio.js';
import { startProcess } from './process.js';
import type { ProcessRun } from './process.js';
import { createRandom } from './random.js';
import type { Random } from './random.js';
import { createRouter } from './router.js';
import type { Router } from './router.js';
import type { Settings } from './settings.js';
import { createTradeLog } from './trade-log.js';
import type { TradeLog } from './trade-log.js';

/** The parts of a simulated world and where it stands. */
export interface WorldState {
  readonly settings: Settings;
  readonly random: Random;
  readonly ids: Ids;
  readonly market: Market;
  readonly portfolio: Portfolio;
  readonly account: Account;
  readonly dayBook: DayBook;
  readonly tradeLog: TradeLog;
  readonly pace: Pace;
  readonly balances: BalanceFeed;
  readonly router: Router;
  /** The process that the executor runs in. */
  run: ProcessRun;
  /** Time of the present loop in seconds since 1970. */
  time: number;
  loops: number;
}

/** A world before its first loop. */
export function createWorldState(seed: number, symbols: readonly string[], settings: Settings): WorldState {
  const random = createRandom(seed);
  const ids = createIds(random);
  const portfolio = createPortfolio();
  const account = createAccount(settings.startNav);
  const dayBook = createDayBook();
  const book: Book = (order, qty, price, fee) => {
    const { market, positionSide, side } = order.attempt.signal;
    const effect = portfolio.book({ symbol: market.symbol, positionSide, side, qty, price });
    account.settle(effect.realized ?? 0, fee, state.time);
    dayBook.realize(market.symbol, effect.realized ?? 0);
    return effect;
  };
  const state: WorldState = {
    settings,
    random,
    ids,
    market: createMarket(symbols, random),
    portfolio,
    account,
    dayBook,
    tradeLog: createTradeLog(),
    pace: createPace(),
    balances: createBalanceFeed(random),
    router: createRouter(random, ids, createExchange(random, ids, book), settings.dryRun),
    run: startProcess(random),
    time: 0,
    loops: 0,
  };
  return state;
}
