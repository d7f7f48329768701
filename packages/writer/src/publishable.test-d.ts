import type { LedgerRecords, Nav, Positions, RiskSnapshot } from '@hedge-telemetry/contract';
import { fraction, percentPoints } from './index.js';
import type { Appendable, Publishable } from './index.js';

const snapshot = { updated_ts: 1, dd_state: null, risk_mode: null, router_stats: null, symbols: null } as const;

export const derivedFieldsMayBeLeftOut: Publishable<RiskSnapshot> = snapshot;
export const percentagesStandForNumbers: Publishable<RiskSnapshot> = {
  ...snapshot,
  dd_pct: percentPoints(0.13),
  daily_loss_frac: fraction(0.13),
};
export const datesAndBigintsStandForNumbers: Publishable<RiskSnapshot> = {
  ...snapshot,
  updated_ts: new Date(0),
  dd_pct: 1n,
};
export const optionalKeysMayBeUndefined: Publishable<RiskSnapshot> = {
  ...snapshot,
  dd_pct: undefined,
  schema: undefined,
};

const row = { symbol: 'BTCUSDT', qty: 1, entryPrice: 1, mark_price: 1, leverage: 1, side: 'LONG' } as const;
export const arraysMayBeReadOnly: Publishable<Positions> = [row] as const;

const order = { type: 'order', symbol: 'BTCUSDT', qty: 1, price: 1, is_maker: null, slippage_bps: null, metadata: {} };
export const timeAndTagMayBeLeftOut: Appendable<LedgerRecords['events']> = { ...order, type: 'order' };
export const idsMayBeNumbersOfEitherKind: Appendable<LedgerRecords['events']>[] = [
  { ...order, type: 'order', order_id: 5 },
  { ...order, type: 'order', order_id: 5n },
  { ...order, type: 'order', order_id: '5', ts: new Date(0) },
];

// @ts-expect-error a required key cannot be left out
export const missing: Publishable<RiskSnapshot> = { updated_ts: 1 };
// @ts-expect-error a listed value cannot be any text
export const listed: Publishable<RiskSnapshot> = { ...snapshot, risk_mode: 'FINE' };
// @ts-expect-error a required key cannot be undefined
export const unset: Publishable<Nav>['nav_total'] = undefined;
// @ts-expect-error an undeclared key
export const undeclared: Publishable<Nav>['navTotal'] = 1;
// @ts-expect-error a number is no symbol
export const unnamed: Appendable<LedgerRecords['events']> = { ...order, type: 'order', symbol: 5 };
