import type { RiskMode, RouterQuality } from '@hedge-telemetry/contract';
import type { AccountView, Fall } from './account.js';
import { fallFrom, portfolioDrawdown } from './account.js';
import type { Settings } from './settings.js';

/** Mode of the risk engine and why. */
export interface ModeView {
  readonly mode: RiskMode;
  readonly reason: string;
  /** 0 is healthy, 1 is the worst. */
  readonly score: number;
}

/** What the risk engine makes of the account. */
export interface RiskView extends ModeView {
  /** Null where NAV is not known. */
  readonly drawdown: Fall | null;
  readonly dailyLoss: Fall | null;
  readonly ddState: DrawdownClass | null;
  /** Share of NAV's recent maximum. */
  readonly portfolioDrawdown: number | null;
  readonly breakerActive: boolean | null;
  readonly navAgeSeconds: number | null;
}

export type DrawdownClass = 'normal' | 'cautious' | 'defensive';

/** How orders are routed, as far as the risk mode depends on it. */
export interface RoutingHealth {
  readonly quality: RouterQuality;
  readonly fallbackRatio: number | null;
}

const HEALTHY: ModeView = { mode: 'OK', reason: 'all checks passed', score: 0 };

/** Judges the account: halted without a trustworthy NAV, defensive in a loss, warned by bad routing. */
export function assess(account: AccountView, routing: RoutingHealth, settings: Settings, at: number): RiskView {
  const { limits } = settings;
  const nav = account.newest?.nav ?? null;
  const drawdown = fallFrom(account.peak, nav);
  const dailyLoss = fallFrom(account.dailyPeak, nav);
  const navAgeSeconds = account.newest === null ? null : Math.max(0, at - account.newest.at);
  const recent = portfolioDrawdown(account.series);
  return {
    ...modeOf(account, navAgeSeconds, drawdown, dailyLoss, routing, settings),
    drawdown,
    dailyLoss,
    ddState: drawdown === null ? null : classify(drawdown.points / 100, settings),
    portfolioDrawdown: recent,
    breakerActive: recent === null ? null : recent >= limits.maxPortfolioDrawdownFrac,
    navAgeSeconds,
  };
}

/** Class of a drawdown given as a fraction. */
export function classify(drawdown: number, { limits }: Settings): DrawdownClass {
  if (drawdown >= limits.maxDrawdownFrac) return 'defensive';
  return drawdown >= limits.drawdownAlertFrac ? 'cautious' : 'normal';
}

function modeOf(
  account: AccountView,
  navAge: number | null,
  drawdown: Fall | null,
  dailyLoss: Fall | null,
  routing: RoutingHealth,
  { limits }: Settings,
): ModeView {
  if (account.newest === null) return { mode: 'HALTED', reason: 'NAV is not known yet', score: 1 };
  if (account.sourcesOk === false) return { mode: 'HALTED', reason: 'a balance source does not answer', score: 1 };
  if (navAge !== null && navAge > limits.navFreshnessSeconds)
    return { mode: 'HALTED', reason: 'NAV is too old', score: 1 };
  const fall = (drawdown?.points ?? 0) / 100;
  if (fall >= limits.maxDrawdownFrac)
    return { mode: 'DEFENSIVE', reason: 'drawdown limit reached', score: Math.min(1, fall / limits.maxDrawdownFrac) };
  if ((dailyLoss?.points ?? 0) / 100 >= limits.dailyLossFrac)
    return { mode: 'DEFENSIVE', reason: 'daily loss limit reached', score: 1 };
  if (routing.quality === 'degraded' || routing.quality === 'broken')
    return { mode: 'WARN', reason: `order routing is ${routing.quality}`, score: 0.5 };
  if ((routing.fallbackRatio ?? 0) > 0.5)
    return { mode: 'WARN', reason: 'most maker orders fall back to taking', score: 0.5 };
  return HEALTHY;
}
