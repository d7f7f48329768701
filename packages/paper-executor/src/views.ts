import type { AccountView } from './account.js';
import type { DayBook } from './day-book.js';
import type { Market, SymbolMarket } from './market.js';
import { ratio, round, sum } from './numbers.js';
import { policyOf, suggestPolicy, tunedOffset } from './policy.js';
import type { Portfolio } from './portfolio.js';
import type { ProcessRun } from './process.js';
import { classify } from './risk.js';
import { scoreOf } from './scores.js';
import type { Settings } from './settings.js';
import { sizingOf } from './sizing.js';
import type { PositionView, SymbolView } from './snapshot.js';
import { expectancyOf, sharpeOf, sharpeState, totals } from './trade-log.js';
import type { ClosedTrade } from './trade-log.js';

/** What a symbol's view is made from. */
export interface ViewInputs {
  readonly settings: Settings;
  readonly run: ProcessRun;
  readonly account: AccountView;
  readonly dayBook: DayBook;
  readonly trades: readonly ClosedTrade[];
}

/** The open positions at the present mark prices, in the market's order. */
export function positionViews(market: Market, portfolio: Portfolio): PositionView[] {
  return market.symbols.flatMap((each) => {
    const position = portfolio.position(each.symbol);
    if (position === null) return [];
    const { mark } = each.quote();
    return {
      position,
      mark,
      group: each.instrument.group,
      notional: round(Math.abs(position.qty) * mark),
      unrealized: round((mark - position.entryPrice) * position.qty),
      leverage: each.instrument.leverage,
    };
  });
}

/** USD over all open positions. */
export function unrealizedOf(positions: readonly PositionView[]): number {
  return round(sum(positions.map(({ unrealized }) => unrealized)));
}

/** A symbol as the executor sees it at this moment; `index` is its place in the market. */
export function symbolView(market: SymbolMarket, index: number, disabled: boolean, inputs: ViewInputs): SymbolView {
  const { symbol } = market;
  const volatility = market.volatility();
  const routing = inputs.run.routing.of(symbol);
  const policy = policyOf(index, routing);
  const trades = inputs.trades.filter((each) => each.symbol === symbol);
  const { pnl, fees } = totals(trades);
  const expectancy = expectancyOf(trades);
  const sharpe = sharpeOf(trades);
  const score = scoreOf(expectancy, routing, ratio(fees, Math.abs(pnl)), volatility.ratio);
  const today = ratio(inputs.dayBook.pnl(symbol), inputs.account.newest?.nav ?? null);
  return {
    symbol,
    market,
    quote: market.quote(),
    volatility,
    routing,
    policy,
    tunedOffset: tunedOffset(policy, routing),
    suggestion: suggestPolicy(policy, routing),
    expectancy,
    sharpeState: sharpeState(sharpe),
    sizing: sizingOf(sharpe, sharpeState(sharpe), volatility.regime, score.value),
    score,
    todayPoints: today === null ? null : round(100 * today),
    ddState: today === null ? null : classify(Math.max(0, -today), inputs.settings),
    disabled,
  };
}
