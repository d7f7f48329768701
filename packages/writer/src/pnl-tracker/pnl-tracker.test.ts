import type { OrderRecord } from '@hedge-telemetry/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FillEffect, PnlFill } from './fill.js';
import { closeFields } from './ledger.js';
import { createPnlTracker } from './pnl-tracker.js';
import type { PnlTracker } from './pnl-tracker.js';

const NO_CLOSE = null;

function fill(side: 'BUY' | 'SELL', qty: number, price: number, more: Partial<PnlFill> = {}): PnlFill {
  return { symbol: 'BTCUSDT', positionSide: 'LONG', side, qty, price, feeUsd: 0, ...more };
}

function booked(tracker: PnlTracker, given: PnlFill): FillEffect {
  const { effect, findings } = tracker.fill(given);
  expect(findings).toEqual([]);
  if (effect === null) throw new Error('the fill was ignored');
  return effect;
}

describe('fill', () => {
  it('opens a position, and closes nothing', () => {
    const effect = booked(createPnlTracker(), fill('BUY', 2, 100));
    expect(effect).toEqual({ before: 0, after: 2, openedQty: 2, phantomQty: 0, close: NO_CLOSE });
  });

  it('closes the oldest lots first', () => {
    const tracker = createPnlTracker();
    for (const price of [100, 110, 130]) tracker.fill(fill('BUY', 1, price));
    const { close, before, after } = booked(tracker, fill('SELL', 1.5, 120));
    expect(close).toMatchObject({ closedQty: 1.5, realizedUsd: 20 + 5 });
    expect([before, after]).toEqual([3, 1.5]);
    expect(tracker.positions()).toMatchObject([{ symbol: 'BTCUSDT', positionSide: 'LONG', qty: 1.5, entryPrice: (55 + 130) / 1.5 }]); // prettier-ignore
  });

  it('closes a short with lot - fill', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('SELL', 2, 100, { positionSide: 'SHORT' }));
    expect(tracker.positions()).toMatchObject([{ qty: -2, entryPrice: 100 }]);
    const { close, before, after } = booked(tracker, fill('BUY', 2, 90, { positionSide: 'SHORT' }));
    expect([close?.realizedUsd, before, after]).toEqual([20, -2, 0]);
    expect(tracker.positions()).toEqual([]);
  });

  it('turns a one-way position around', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 1, 100, { positionSide: null, feeUsd: 1 }));
    const effect = booked(tracker, fill('SELL', 4, 110, { positionSide: null, feeUsd: 2 }));
    expect(effect).toMatchObject({ before: 1, after: -3, openedQty: 3, phantomQty: 0 });
    expect(effect.close).toMatchObject({
      closedQty: 1,
      realizedUsd: 10,
      closingFeeUsd: 0.5,
      entryFeeUsd: 1,
      netUsd: 8.5,
    });
    expect(tracker.positions()).toMatchObject([{ positionSide: 'BOTH', qty: -3, entryFeeUsd: 1.5 }]);
  });

  it('keeps symbols and position sides apart', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 1, 100));
    tracker.fill(fill('SELL', 1, 100, { positionSide: 'SHORT' }));
    const effect = booked(tracker, fill('SELL', 1, 100, { symbol: 'ETHUSDT', positionSide: 'SHORT' }));
    expect([effect.close, tracker.positions().length]).toEqual([null, 3]);
  });

  it('keeps a break-even close', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 1, 100));
    const { close } = booked(tracker, fill('SELL', 1, 100));
    expect(close).toEqual({ closedQty: 1, realizedUsd: 0, closingFeeUsd: 0, entryFeeUsd: 0, fundingUsd: 0, netUsd: 0 });
    expect(tracker.totals()).toMatchObject({ closes: 1, realizedUsd: 0, netUsd: 0 });
  });

  it('says when it opens a lot against the side, and books the next opening fill as a close', () => {
    const tracker = createPnlTracker();
    expect(booked(tracker, fill('SELL', 1, 110))).toMatchObject({ phantomQty: 1, after: -1, close: null });
    expect(booked(tracker, fill('BUY', 1, 120)).close).toMatchObject({ realizedUsd: -10 });
  });

  it.each([
    ['what is left of a lot', 1 - 1e-10, []],
    ['what is left of a fill', 1 + 1e-10, []],
    ['more than that', 1 - 1e-8, [{ qty: expect.closeTo(1e-8, 12) }]],
  ])('takes up to 1e-9 for nothing: %s', (_name, qty, left) => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 1, 100));
    expect(booked(tracker, fill('SELL', qty, 100)).close?.closedQty).toBeCloseTo(1, 7);
    expect(tracker.positions()).toMatchObject(left);
    expect(tracker.positions()).toHaveLength(left.length);
  });

  it('closes and opens nothing with a fill of up to 1e-9', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 1, 100));
    expect(booked(tracker, fill('SELL', 1e-9, 100))).toMatchObject({ close: null, openedQty: 0, after: 1 });
  });

  it.each<[string, object, string]>([
    ['quantity 0', { qty: 0 }, '/qty'],
    ['a negative quantity', { qty: -1 }, '/qty'],
    ['an unknown quantity', { qty: NaN }, '/qty'],
    ['an infinite price', { price: Infinity }, '/price'],
    ['a price of 0', { price: 0 }, '/price'],
    ['another side', { side: 'LONG' }, '/side'],
    ['another position side', { positionSide: 'UP' }, '/positionSide'],
    ['no symbol', { symbol: '' }, '/symbol'],
  ])('ignores a fill with %s, and says so', (_name, more, pointer) => {
    const tracker = createPnlTracker();
    const { effect, findings } = tracker.fill(fill('BUY', 1, 100, more));
    expect(effect).toBeNull();
    expect(findings).toMatchObject([{ rule: 'invalid-value', pointer }]);
    expect(tracker.totals().fills).toBe(0);
  });
});

describe('fees and funding', () => {
  it('are attributed in proportion to what is closed', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 4, 100, { feeUsd: 4 }));
    tracker.fill(fill('BUY', 4, 200, { feeUsd: 8 }));
    expect(tracker.funding({ symbol: 'BTCUSDT', positionSide: 'LONG', amountUsd: -16 })).toEqual([]);
    const first = booked(tracker, fill('SELL', 1, 150, { feeUsd: 3 })).close;
    expect(first).toEqual({
      closedQty: 1,
      realizedUsd: 50,
      closingFeeUsd: 3,
      entryFeeUsd: 1,
      fundingUsd: -2,
      netUsd: 44,
    });
    const rest = booked(tracker, fill('SELL', 7, 150, { feeUsd: 7 })).close;
    expect(rest).toEqual({ closedQty: 7, realizedUsd: 150 - 200, closingFeeUsd: 7, entryFeeUsd: 11, fundingUsd: -14, netUsd: -82 }); // prettier-ignore
    expect(tracker.totals()).toEqual({
      fills: 4,
      closes: 2,
      realizedUsd: 0,
      feesUsd: 22,
      fundingUsd: -16,
      netUsd: -38,
    });
  });

  it('of an unknown size make what they are part of unknown, and nothing else', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 1, 100, { feeUsd: null }));
    expect(tracker.positions()).toMatchObject([{ entryFeeUsd: null }]);
    expect(booked(tracker, fill('SELL', 1, 101, { feeUsd: 1 })).close).toMatchObject({ realizedUsd: 1, closingFeeUsd: 1, entryFeeUsd: null, netUsd: null }); // prettier-ignore
    expect(tracker.totals()).toMatchObject({ realizedUsd: 1, feesUsd: null, netUsd: null });
  });

  it('that are not numbers are unknown, with a finding', () => {
    const tracker = createPnlTracker();
    expect(tracker.fill(fill('BUY', 1, 100, { feeUsd: NaN })).findings).toMatchObject([{ pointer: '/feeUsd' }]);
    expect(tracker.funding({ symbol: 'BTCUSDT', amountUsd: NaN })).toMatchObject([{ pointer: '/amountUsd' }]);
    expect(tracker.totals()).toMatchObject({ fills: 1, fundingUsd: 0 });
  });

  it('without a position are in the totals only', () => {
    const tracker = createPnlTracker();
    tracker.funding({ symbol: 'BTCUSDT', positionSide: 'LONG', amountUsd: 5 });
    tracker.fill(fill('BUY', 1, 100));
    expect(booked(tracker, fill('SELL', 1, 100)).close?.fundingUsd).toBe(0);
    expect(tracker.totals()).toMatchObject({ fundingUsd: 5, netUsd: 5 });
  });
});

describe('books of any fills', () => {
  const fills = fc.array(
    fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      qty: fc.integer({ min: 1, max: 1_000 }).map((n) => n / 100),
      price: fc.integer({ min: 1, max: 1_000 }),
      feeUsd: fc.integer({ min: -10, max: 100 }).map((n) => n / 100),
    }),
    { maxLength: 60 },
  );

  it('balance: cash paid is what was realised and what is still held, fees and quantities are conserved', () => {
    fc.assert(
      fc.property(fills, (given) => {
        const tracker = createPnlTracker();
        const effects = given.map((each) => booked(tracker, { symbol: 'A', ...each }));
        const signed = given.map(({ side, qty, price }) => ({ qty: side === 'BUY' ? qty : -qty, price }));
        const held = tracker.positions();
        const heldQty = held.reduce((sum, { qty }) => sum + qty, 0);
        const heldCost = held.reduce((sum, { qty, entryPrice }) => sum + qty * entryPrice, 0);
        const cash = signed.reduce((sum, { qty, price }) => sum - qty * price, 0);
        expect(heldQty).toBeCloseTo(
          signed.reduce((sum, { qty }) => sum + qty, 0),
          6,
        );
        expect(tracker.totals().realizedUsd).toBeCloseTo(cash + heldCost, 4);
        const closes = effects.flatMap(({ close }) => close ?? []);
        const attributed = closes.reduce((sum, { closingFeeUsd, entryFeeUsd }) => sum + (closingFeeUsd ?? NaN) + (entryFeeUsd ?? NaN), 0); // prettier-ignore
        const open = held.reduce((sum, { entryFeeUsd }) => sum + (entryFeeUsd ?? NaN), 0);
        expect(attributed + open).toBeCloseTo(tracker.totals().feesUsd ?? NaN, 6);
        effects.forEach(({ before }, index) => expect(before).toBe(effects[index - 1]?.after ?? 0));
      }),
      { seed: 77, numRuns: 300 },
    );
  });
});

describe('replay', () => {
  const record = (side: 'BUY' | 'SELL' | null, qty: number | null, price: number | null): OrderRecord => ({
    schema: 'orders_executed_v1', ts: '2025-11-24T00:00:00Z', event_type: 'order_fill', symbol: 'BTCUSDT', side, orderId: null,
    clientOrderId: null, executedQty: qty, avgPrice: price, fee_total: 0.5, feeAsset: 'USDT', tradeIds: null, status: 'FILLED',
    positionSide: 'LONG',
  }); // prettier-ignore

  it('rebuilds lots, so that a process that starts anew closes what another opened', () => {
    const lines = [record('BUY', 2, 100), record('BUY', 1, 130), record('SELL', 1, 120)];
    const before = createPnlTracker();
    for (const [side, qty, price] of [
      ['BUY', 2, 100],
      ['BUY', 1, 130],
      ['SELL', 1, 120],
    ] as const)
      // prettier-ignore
      before.fill(fill(side, qty, price, { feeUsd: 0.5 }));
    const restarted = createPnlTracker();
    for (const line of lines) expect(restarted.replay(line)?.findings).toEqual([]);
    expect(restarted.positions()).toEqual(before.positions());
    expect(restarted.totals()).toEqual(before.totals());
    expect(booked(restarted, fill('SELL', 2, 140))).toEqual(booked(before, fill('SELL', 2, 140)));
  });

  it('takes no line but fills, and ignores a fill that does not say how much', () => {
    const tracker = createPnlTracker();
    const ack = { ...record('BUY', 1, 1), event_type: 'order_ack' } as never;
    expect(tracker.replay(ack)).toBeNull();
    for (const line of [record(null, 1, 1), record('BUY', null, 1), record('BUY', 1, null)])
      expect(tracker.replay(line)).toMatchObject({ effect: null, findings: [{ rule: 'invalid-value' }] });
  });
});

describe('closeFields', () => {
  it('sums up the fills of an order', () => {
    const tracker = createPnlTracker();
    tracker.fill(fill('BUY', 3, 100));
    const effects = [1, 1, 2].map((qty) => booked(tracker, fill('SELL', qty, 101, { feeUsd: qty })));
    expect(closeFields(effects)).toEqual({
      realizedPnlUsd: 3, fees_total: 3, position_size_before: 3, position_size_after: -1, closed_qty: 3,
    }); // prettier-ignore
  });

  it('is null where nothing was closed, and not where nothing was gained', () => {
    const tracker = createPnlTracker();
    const opened = booked(tracker, fill('BUY', 1, 100));
    expect(closeFields([opened])).toBeNull();
    expect(closeFields([])).toBeNull();
    expect(closeFields([booked(tracker, fill('SELL', 1, 100, { feeUsd: null }))])).toMatchObject({ realizedPnlUsd: 0, fees_total: null }); // prettier-ignore
  });
});
