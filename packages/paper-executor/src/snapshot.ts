import type { SharpeState } from '@hedge-telemetry/contract';
import type { AccountView } from './account.js';
import type { Exposure } from './gates.js';
import type { Quote, SymbolMarket } from './market.js';
import type { Policy, PolicySuggestion } from './policy.js';
import type { OpenPosition } from './portfolio.js';
import type { ProcessRun } from './process.js';
import type { DrawdownClass, RiskView } from './risk.js';
import type { RoutingStats } from './routing.js';
import type { Score } from './scores.js';
import type { Settings } from './settings.js';
import type { Sizing } from './sizing.js';
import type { ClosedTrade, Expectancy } from './trade-log.js';
import type { Volatility } from './volatility.js';

/** An open position at the present mark price. */
export interface PositionView extends Exposure {
  readonly position: OpenPosition;
  readonly mark: number;
  /** (mark - entry price) * qty in USD. */
  readonly unrealized: number;
  readonly leverage: number;
}

/** A symbol at the end of a loop. */
export interface SymbolView {
  readonly symbol: string;
  readonly market: SymbolMarket;
  readonly quote: Quote;
  readonly volatility: Volatility;
  readonly routing: RoutingStats;
  readonly policy: Policy;
  readonly tunedOffset: number | null;
  readonly suggestion: PolicySuggestion;
  readonly expectancy: Expectancy;
  readonly sharpeState: SharpeState;
  readonly sizing: Sizing;
  readonly score: Score;
  /** PnL since UTC midnight in percent points of NAV; null where NAV is not known. */
  readonly todayPoints: number | null;
  readonly ddState: DrawdownClass | null;
  /** Trading is switched off. */
  readonly disabled: boolean;
}

/** Everything that the documents of one loop are built from. */
export interface Snapshot {
  /** Seconds since 1970. */
  readonly at: number;
  readonly settings: Settings;
  readonly run: ProcessRun;
  readonly symbols: readonly SymbolView[];
  readonly positions: readonly PositionView[];
  readonly account: AccountView;
  readonly risk: RiskView;
  /** Routing over all symbols. */
  readonly routing: RoutingStats;
  /** Closed trades of the lookback window, oldest first. */
  readonly trades: readonly ClosedTrade[];
}
