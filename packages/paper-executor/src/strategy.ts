import type { OrderSide } from '@hedge-telemetry/contract';
import type { Signal } from './attempt.js';
import type { Ids } from './ids.js';
import type { SymbolMarket } from './market.js';
import { clamp, floorTo } from './numbers.js';
import type { HeldSide, OpenPosition } from './portfolio.js';
import type { Random } from './random.js';

/** Id that the strategy signs its trades with. */
export const STRATEGY = 'paper_reversion';

/** What the strategy knows when it looks at a symbol. */
export interface Outlook {
  readonly market: SymbolMarket;
  readonly position: OpenPosition | null;
  /** Loops since the position was opened. */
  readonly heldLoops: number;
  /** USD to size an entry with; null where none is possible now. */
  readonly capital: number | null;
  /** Multiplies the size of entries. */
  readonly sizeFactor: number;
  /** Seconds since 1970. */
  readonly at: number;
}

const ENTRY_STRETCH = 0.9;
const ENTRY_CHANCE = 0.3;
const SCALE_IN_CHANCE = 0.05;
const TAKE_PROFIT = 0.005;
const STOP_LOSS = 0.006;
const MAX_HELD_LOOPS = 70;

/** Fades a price that is far from its average; leaves on a profit, a loss, a return to the average, or for age. */
export function decide(outlook: Outlook, random: Random, ids: Ids): Signal | null {
  const { market, position } = outlook;
  const stretch = market.stretch();
  if (position !== null) {
    const reason = exitReason(outlook, position, stretch);
    if (reason !== null) return exit(outlook, position, reason, random, ids);
  }
  if (stretch === null || Math.abs(stretch) < ENTRY_STRETCH || outlook.capital === null) return null;
  const positionSide: HeldSide = stretch > 0 ? 'SHORT' : 'LONG';
  if (position !== null && position.side !== positionSide) return null;
  if (!random.chance(position === null ? ENTRY_CHANCE : SCALE_IN_CHANCE)) return null;
  return entry(outlook, outlook.capital, positionSide, stretch, random, ids);
}

function exitReason(outlook: Outlook, position: OpenPosition, stretch: number | null): string | null {
  const { mark } = outlook.market.quote();
  const direction = position.side === 'LONG' ? 1 : -1;
  const gain = (mark / position.entryPrice - 1) * direction;
  if (gain <= -STOP_LOSS) return 'stop_loss';
  if (gain >= TAKE_PROFIT) return 'take_profit';
  if (outlook.heldLoops > MAX_HELD_LOOPS) return 'max_age';
  return stretch !== null && stretch * direction > 0.5 ? 'mean_reached' : null;
}

function exit(outlook: Outlook, position: OpenPosition, reason: string, random: Random, ids: Ids): Signal | null {
  const { market } = outlook;
  const { qtyDecimals, leverage } = market.instrument;
  const size = Math.abs(position.qty);
  const half = reason === 'mean_reached' && random.chance(0.25) ? floorTo(size / 2, qtyDecimals) : 0;
  return {
    market,
    side: position.side === 'LONG' ? 'SELL' : 'BUY',
    positionSide: position.side,
    reduceOnly: true,
    qty: half > 0 ? half : size,
    leverage,
    strength: 1,
    urgent: reason === 'stop_loss',
    reason,
    attemptId: ids.attempt(),
    intentId: ids.intent(),
    at: outlook.at,
  };
}

function entry(
  outlook: Outlook,
  capital: number,
  positionSide: HeldSide,
  stretch: number,
  random: Random,
  ids: Ids,
): Signal | null {
  const { market } = outlook;
  const { qtyDecimals, leverage } = market.instrument;
  const side: OrderSide = positionSide === 'LONG' ? 'BUY' : 'SELL';
  const strength = clamp((Math.abs(stretch) - ENTRY_STRETCH) * 0.8 + random.between(0.1, 0.4), 0, 1);
  const share = random.chance(0.08) ? random.between(0.0005, 0.003) : random.between(0.08, 0.22);
  const qty = floorTo((capital * share * outlook.sizeFactor) / market.quote().mark, qtyDecimals);
  if (qty <= 0) return null;
  return {
    market,
    side,
    positionSide,
    reduceOnly: false,
    qty,
    leverage: random.chance(0.06) ? leverage * 4 : leverage,
    strength,
    urgent: false,
    reason: 'stretched',
    attemptId: ids.attempt(),
    intentId: ids.intent(),
    at: outlook.at,
  };
}
