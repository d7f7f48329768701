import { utcDay } from './time.js';

/** PnL per symbol since UTC midnight: realised, plus the change of the unrealised. */
export interface DayBook {
  /** Takes the unrealised PnL of every symbol; at the first look of a day it becomes the day's starting point. */
  look(unrealized: ReadonlyMap<string, number>, at: number): void;
  realize(symbol: string, amount: number): void;
  pnl(symbol: string): number;
}

export function createDayBook(): DayBook {
  let day: string | null = null;
  let start: ReadonlyMap<string, number> = new Map();
  let current: ReadonlyMap<string, number> = new Map();
  const realized = new Map<string, number>();
  return {
    look: (unrealized, at) => {
      if (day !== utcDay(at)) {
        start = day === null ? new Map() : current;
        realized.clear();
        day = utcDay(at);
      }
      current = unrealized;
    },
    realize: (symbol, amount) => {
      realized.set(symbol, (realized.get(symbol) ?? 0) + amount);
    },
    pnl: (symbol) => (realized.get(symbol) ?? 0) + (current.get(symbol) ?? 0) - (start.get(symbol) ?? 0),
  };
}
