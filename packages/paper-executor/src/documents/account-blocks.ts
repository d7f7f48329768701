import type { DrawdownBlock, NavDetail, NavHealth, PeakState, Position } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { AccountView, Fall } from '../account.js';
import { sum } from '../numbers.js';
import type { Snapshot } from '../snapshot.js';
import { points } from './percent.js';

/** NAV in USD; null while it is not known. */
export function navOf({ account }: Snapshot): number | null {
  return account.newest?.nav ?? null;
}

/** Health of the NAV source. */
export function navHealth({ account, risk, settings }: Snapshot): NavHealth {
  return {
    age_s: risk.navAgeSeconds,
    sources_ok: account.sourcesOk,
    stale_flags: account.sourcesOk === null ? {} : { balances: !account.sourcesOk },
    fresh: isFresh({ account, risk, settings }),
    threshold_s: settings.limits.navFreshnessSeconds,
    cache_ts: account.newest?.at ?? null,
    nav_total: account.newest?.nav ?? null,
  };
}

/** What NAV consists of: the account holds nothing but USDT. */
export function navDetail(snapshot: Snapshot): NavDetail {
  const { account } = snapshot;
  const nav = navOf(snapshot);
  return {
    source: nav === null ? 'unavailable' : account.sourcesOk === true ? 'live' : 'cache',
    nav_mode: 'paper_wallet',
    fresh: isFresh(snapshot),
    total_nav: nav,
    assets: nav === null ? null : { USDT: nav },
    conversions: nav === null ? null : {},
  };
}

/** Drawdown and daily loss with what they were computed from; null where NAV is not known. */
export function drawdownBlock(snapshot: Snapshot): Publishable<DrawdownBlock> | null {
  const { account, risk, at } = snapshot;
  const { drawdown, dailyLoss } = risk;
  if (account.newest === null || drawdown === null) return null;
  return {
    dd_pct: points(drawdown.points),
    dd_abs: drawdown.abs,
    peak: drawdown.peak,
    nav: drawdown.nav,
    realized_today: account.realizedToday,
    nav_cache_ts: account.newest.at,
    nav_cache_age_s: risk.navAgeSeconds,
    peak_state_age_s: Math.max(0, at - account.newest.at),
    stale_flags: { nav: account.sourcesOk !== true },
    usable: account.sourcesOk,
    nav_health: navHealth(snapshot),
    peak_state: peakState(account),
    drawdown: { pct: points(drawdown.points), abs: drawdown.abs, peak_nav: drawdown.peak, nav: drawdown.nav },
    daily_loss: dailyLossBlock(dailyLoss),
    assets: { USDT: account.newest.nav },
  };
}

/** The open positions as rows; positions and synced_state of one loop hold the same. */
export function positionRows({ positions, at }: Snapshot): Position[] {
  return positions.map(({ position, mark, leverage, unrealized, notional }) => ({
    symbol: position.symbol,
    qty: position.qty,
    entryPrice: position.entryPrice,
    mark_price: mark,
    leverage,
    side: position.side,
    unrealized_pnl: unrealized,
    realized_pnl: position.realized,
    notional,
    updated_ts: at,
  }));
}

/** USD value of all open positions, regardless of side. */
export function grossExposure({ positions }: Snapshot): number {
  return sum(positions.map(({ notional }) => notional));
}

function isFresh({ account, risk, settings }: Pick<Snapshot, 'account' | 'risk' | 'settings'>): boolean | null {
  if (account.sourcesOk === null || risk.navAgeSeconds === null) return null;
  return account.sourcesOk && risk.navAgeSeconds <= settings.limits.navFreshnessSeconds;
}

function peakState({ peak, dailyPeak, newest, day }: AccountView): PeakState {
  return {
    peak: peak?.nav ?? null,
    daily_peak: dailyPeak?.nav ?? null,
    peak_ts: peak?.at ?? null,
    daily_ts: dailyPeak?.at ?? null,
    updated_at: newest?.at ?? null,
    stale_healed: false,
    day,
  };
}

function dailyLossBlock(loss: Fall | null): Publishable<NonNullable<DrawdownBlock['daily_loss']>> | null {
  return loss === null ? null : { pct: points(loss.points), daily_peak: loss.peak, nav: loss.nav };
}
