/** Risk limits in force; shares are fractions of NAV. */
export interface Limits {
  readonly maxDrawdownFrac: number;
  readonly dailyLossFrac: number;
  /** Drawdown at which the account counts as cautious. */
  readonly drawdownAlertFrac: number;
  readonly maxPortfolioDrawdownFrac: number;
  readonly maxTradeFrac: number;
  readonly maxSymbolFrac: number;
  readonly maxGroupFrac: number;
  readonly maxGrossFrac: number;
  readonly maxVarFrac: number;
  readonly maxPositionCvarFrac: number;
  readonly maxPositions: number;
  readonly maxLeverage: number;
  /** USD. */
  readonly minNotional: number;
  /** Loops after a close in which the symbol rests. */
  readonly cooldownLoops: number;
  readonly maxTradesPerWindow: number;
  readonly tradeWindowLoops: number;
  /** Age of NAV in seconds beyond which trading halts. */
  readonly navFreshnessSeconds: number;
}

/** What does not change while an executor runs. */
export interface Settings {
  readonly testnet: boolean;
  /** Orders are acknowledged as DRY and never reach the simulated exchange. */
  readonly dryRun: boolean;
  readonly limits: Limits;
  /** USD. */
  readonly startNav: number;
}

/** Commission of a fill that took liquidity, as a share of its notional. */
export const TAKER_FEE = 0.0004;
/** Commission of a fill that added liquidity, as a share of its notional. */
export const MAKER_FEE = 0.0002;
/** Version that the executor reports of itself. */
export const ENGINE_VERSION = 'paper-0.1.0';
/** Host that the executor reports; fixed, so that runs on different machines agree. */
export const HOSTNAME = 'paper-1';

const LIMITS: Limits = {
  maxDrawdownFrac: 0.012,
  dailyLossFrac: 0.008,
  drawdownAlertFrac: 0.004,
  maxPortfolioDrawdownFrac: 0.015,
  maxTradeFrac: 0.2,
  maxSymbolFrac: 0.3,
  maxGroupFrac: 0.55,
  maxGrossFrac: 0.9,
  maxVarFrac: 0.02,
  maxPositionCvarFrac: 0.01,
  maxPositions: 3,
  maxLeverage: 5,
  minNotional: 20,
  cooldownLoops: 6,
  maxTradesPerWindow: 8,
  tradeWindowLoops: 20,
  navFreshnessSeconds: 90,
};

/** Settings of a run; on the testnet the loss limits are doubled. */
export function createSettings(testnet: boolean, dryRun: boolean, startNav: number): Settings {
  const limits = testnet
    ? {
        ...LIMITS,
        maxDrawdownFrac: LIMITS.maxDrawdownFrac * 2,
        dailyLossFrac: LIMITS.dailyLossFrac * 2,
        maxPortfolioDrawdownFrac: LIMITS.maxPortfolioDrawdownFrac * 2,
      }
    : LIMITS;
  return { testnet, dryRun, limits, startNav };
}
