import { hash } from './hash.js';

/** A tradable symbol and how its price behaves. */
export interface Instrument {
  readonly symbol: string;
  /** Price around which the market moves. */
  readonly price: number;
  readonly priceDecimals: number;
  readonly qtyDecimals: number;
  /** Deviation of one tick's return, in bps. */
  readonly volatilityBps: number;
  readonly spreadBps: number;
  readonly leverage: number;
  /** Symbols of one group move together as far as the risk engine is concerned. */
  readonly group: 'majors' | 'alts';
}

type Traits = Omit<Instrument, 'symbol'>;

const UNKNOWN: Omit<Traits, 'price'> = {
  priceDecimals: 4,
  qtyDecimals: 2,
  volatilityBps: 10,
  spreadBps: 2,
  leverage: 2,
  group: 'alts',
};

const KNOWN: ReadonlyMap<string, Traits> = new Map<string, Traits>([
  [
    'BTCUSDT',
    { price: 64_200, priceDecimals: 1, qtyDecimals: 3, volatilityBps: 6, spreadBps: 0.8, leverage: 3, group: 'majors' },
  ],
  [
    'ETHUSDT',
    { price: 3_120, priceDecimals: 2, qtyDecimals: 3, volatilityBps: 7.5, spreadBps: 1, leverage: 3, group: 'majors' },
  ],
  ['SOLUSDT', { ...UNKNOWN, price: 148.5, priceDecimals: 3, spreadBps: 1.6 }],
  ['LINKUSDT', { ...UNKNOWN, price: 14.6 }],
  ['SUIUSDT', { ...UNKNOWN, price: 3.35, qtyDecimals: 1, volatilityBps: 13, spreadBps: 2.6 }],
]);

/** The instrument of a symbol; one that is not known by name gets a price derived from its name. */
export function instrumentOf(symbol: string): Instrument {
  return { symbol, ...(KNOWN.get(symbol) ?? { ...UNKNOWN, price: 1 + (hash(symbol) % 5000) / 100 }) };
}
