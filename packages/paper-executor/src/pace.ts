/** Remembers in which loop the symbols were opened and closed, and how many entries were sent lately. */
export interface Pace {
  /** Starts the next loop; `held` are the symbols with an open position. */
  next(held: readonly string[]): void;
  heldLoops(symbol: string): number;
  /** Null where the symbol has not been closed yet. */
  loopsSinceClose(symbol: string): number | null;
  closed(symbol: string): void;
  entered(): void;
  refused(symbol: string): void;
  /** An entry of the symbol was refused so lately that asking again is pointless. */
  isHeld(symbol: string): boolean;
  /** Entries in the newest loops. */
  entries(loops: number): number;
}

const LOOPS_AFTER_REFUSAL = 8;

export function createPace(): Pace {
  let loop = 0;
  let opened = new Map<string, number>();
  let entered: number[] = [];
  const closed = new Map<string, number>();
  const refused = new Map<string, number>();
  return {
    next: (held) => {
      loop += 1;
      opened = new Map(held.map((symbol) => [symbol, opened.get(symbol) ?? loop]));
    },
    heldLoops: (symbol) => loop - (opened.get(symbol) ?? loop),
    loopsSinceClose: (symbol) => {
      const at = closed.get(symbol);
      return at === undefined ? null : loop - at;
    },
    closed: (symbol) => {
      closed.set(symbol, loop);
    },
    entered: () => {
      entered.push(loop);
    },
    refused: (symbol) => {
      refused.set(symbol, loop);
    },
    isHeld: (symbol) => loop - (refused.get(symbol) ?? -LOOPS_AFTER_REFUSAL) < LOOPS_AFTER_REFUSAL,
    entries: (loops) => {
      entered = entered.filter((each) => each > loop - loops);
      return entered.length;
    },
  };
}
