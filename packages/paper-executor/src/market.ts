import { instrumentOf } from './instruments.js';
import type { Instrument } from './instruments.js';
import { mean, round } from './numbers.js';
import type { Random } from './random.js';
import { createRangeTracker } from './volatility.js';
import type { RangeTracker, Volatility } from './volatility.js';

/** Prices of a symbol after a tick. */
export interface Quote {
  readonly mark: number;
  readonly bid: number;
  readonly ask: number;
}

/** The simulated market of one symbol. */
export interface SymbolMarket {
  readonly symbol: string;
  readonly instrument: Instrument;
  quote(): Quote;
  /** How far the mark price lies from its moving average, in deviations of the pull-back; null while history is short. */
  stretch(): number | null;
  volatility(): Volatility;
  /** Relative changes of the mark price, oldest first. */
  returns(): number[];
  /** Deviation of the next tick in bps, as the present mood of the market has it. */
  tickBps(): number;
}

/** A market of several symbols that moves one tick at a time. */
export interface Market {
  readonly symbols: readonly SymbolMarket[];
  tick(): void;
}

interface State {
  anchor: number;
  /** Relative distance of the price from the anchor; decays. */
  offset: number;
  /** Multiplies volatility; decays to 1. */
  heat: number;
  readonly marks: number[];
  readonly ranges: RangeTracker;
}

const HISTORY = 200;
const AVERAGE_TICKS = 40;
const MIN_AVERAGE_TICKS = 15;
const ANCHOR_SHARE = 0.38;
const OFFSET_SHARE = 0.95;
const OFFSET_DECAY = 0.06;
const HOME_PULL = 0.0005;
const MOOD_CHANGE = 0.006;

/** A random walk per symbol with a mean-reverting part, bursts of volatility, and a weak pull home. */
export function createMarket(symbols: readonly string[], random: Random): Market {
  const entries = [...new Set(symbols)].map((symbol) => {
    const instrument = instrumentOf(symbol);
    const state: State = {
      anchor: instrument.price,
      offset: 0,
      heat: 1,
      marks: [round(instrument.price, instrument.priceDecimals)],
      ranges: createRangeTracker(),
    };
    return { state, view: viewOf(instrument, state) };
  });
  return {
    symbols: entries.map(({ view }) => view),
    tick: () => {
      for (const { state, view } of entries) move(view, state, random);
    },
  };
}

function move(view: SymbolMarket, state: State, random: Random): void {
  const { instrument } = view;
  if (random.chance(MOOD_CHANGE)) state.heat = random.chance(0.3) ? 0.4 : random.between(2, 4.5);
  state.heat += (1 - state.heat) * 0.03;
  const step = view.tickBps() / 10_000;
  const home = (instrument.price / state.anchor - 1) * HOME_PULL;
  state.anchor *= 1 + home + step * ANCHOR_SHARE * random.normal();
  state.offset = state.offset * (1 - OFFSET_DECAY) + step * OFFSET_SHARE * random.normal();
  const mark = round(state.anchor * (1 + state.offset), instrument.priceDecimals);
  state.marks.push(mark);
  if (state.marks.length > HISTORY) state.marks.shift();
  state.ranges.add(mark);
}

function viewOf(instrument: Instrument, state: State): SymbolMarket {
  const { priceDecimals, spreadBps, volatilityBps } = instrument;
  const tickBps = (): number => volatilityBps * state.heat;
  const mark = (): number => state.marks.at(-1) ?? instrument.price;
  return {
    symbol: instrument.symbol,
    instrument,
    tickBps,
    quote: () => {
      const half = Math.max((mark() * spreadBps) / 20_000, 10 ** -priceDecimals / 2);
      return { mark: mark(), bid: round(mark() - half, priceDecimals), ask: round(mark() + half, priceDecimals) };
    },
    stretch: () => {
      const recent = state.marks.slice(-AVERAGE_TICKS);
      const average = mean(recent);
      if (average === null || recent.length < MIN_AVERAGE_TICKS) return null;
      return (mark() / average - 1) / ((2.5 * volatilityBps) / 10_000);
    },
    volatility: () => state.ranges.read(),
    returns: () => state.marks.slice(1).map((each, index) => each / (state.marks[index] ?? each) - 1),
  };
}
