import type { Activity } from './activity.js';
import { attemptSlippage } from './attempt.js';
import type { Attempt, PaperOrder } from './attempt.js';
import { closingOf } from './closing.js';
import type { WorldState } from './world-state.js';

/** Takes into the executor's statistics what happened. */
export function absorb(state: WorldState, activities: readonly Activity[]): void {
  for (const activity of activities) absorbOne(state, activity);
}

function absorbOne(state: WorldState, activity: Activity): void {
  const { run, time } = state;
  switch (activity.kind) {
    case 'settled':
      return noteClosing(state, activity.order);
    case 'finished':
      return noteRouting(state, activity.attempt);
    case 'failed':
      return run.countError(activity.error, activity.attempt.signal.market.symbol, time);
    case 'unavailable':
      return run.countError(activity.error, null, time);
    case 'vetoed': {
      const [decisive] = activity.verdict.refusals;
      const { symbol } = activity.signal.market;
      if (decisive !== undefined) run.noteStop({ at: time, gate: decisive.reason, symbol, reason: decisive.original });
      return;
    }
    default:
  }
}

function noteClosing({ pace, tradeLog, time }: WorldState, order: PaperOrder): void {
  const closing = closingOf(order);
  if (closing === null) return;
  const { market } = order.attempt.signal;
  if (closing.after === 0) pace.closed(market.symbol);
  const { regime } = market.volatility();
  tradeLog.add({ symbol: market.symbol, at: time, pnl: closing.realized, fees: closing.fees, regime });
}

function noteRouting({ run, settings, time }: WorldState, attempt: Attempt): void {
  if (settings.dryRun) return;
  run.routing.add(attempt, time);
  const live = attemptSlippage(attempt);
  if (live !== null) run.shadow.compareSlippage(expectedSlippage(attempt), live);
}

/** What the order would have cost at the touch: a maker earns half the spread and the offset, a taker pays half the spread. */
function expectedSlippage({ signal, policy, makerStart }: Attempt): number {
  const half = signal.market.instrument.spreadBps / 2;
  return makerStart ? -(half + policy.offset_bps) : half;
}
