import { round } from './numbers.js';
import { utcDay } from './time.js';

/** NAV at one time. */
export interface NavPoint {
  /** Seconds since 1970. */
  readonly at: number;
  /** USD. */
  readonly nav: number;
  readonly unrealized: number;
}

/** The fall of NAV below a peak. */
export interface Fall {
  readonly peak: number;
  readonly nav: number;
  /** USD, never negative. */
  readonly abs: number;
  /** Percent points of the peak, never negative. */
  readonly points: number;
}

/** The highest NAV and since when. */
export interface Peak {
  readonly nav: number;
  readonly at: number;
}

/** What is known of the account; it grows old when the balances cannot be read. */
export interface AccountView {
  /** Null while this process has not read any balances. */
  readonly newest: NavPoint | null;
  /** All balance sources answered; null while they were not asked. */
  readonly sourcesOk: boolean | null;
  readonly peak: Peak | null;
  /** Highest NAV of the UTC day. */
  readonly dailyPeak: Peak | null;
  readonly day: string;
  /** Equity curve, oldest point first; it outlives a process. */
  readonly series: readonly NavPoint[];
  /** USD realised since UTC midnight, before fees. */
  readonly realizedToday: number;
  /** USD paid in fees since the start of the account. */
  readonly fees: number;
  /** USD realised since the start of the account, before fees. */
  readonly realized: number;
}

/** The wallet and its equity curve. */
export interface Account {
  /** Books the PnL and the commission of a trade. */
  settle(realized: number, fee: number, at: number): void;
  /** Reads the balances. */
  refresh(unrealized: number, at: number): void;
  /** The balance sources did not answer. */
  miss(): void;
  /** A new process knows no balances until it has read them. */
  forget(): void;
  view(at: number): AccountView;
}

const MAX_SERIES = 240;

/** An account of `startNav` USD. */
export function createAccount(startNav: number): Account {
  const series: NavPoint[] = [];
  let realized = 0;
  let fees = 0;
  let realizedToday = 0;
  let day = '';
  let newest: NavPoint | null = null;
  let sourcesOk: boolean | null = null;
  let peak: Peak | null = null;
  let dailyPeak: Peak | null = null;

  const turnDay = (at: number): void => {
    if (utcDay(at) === day) return;
    day = utcDay(at);
    realizedToday = 0;
    dailyPeak = null;
  };

  return {
    settle: (amount, fee, at) => {
      turnDay(at);
      realized = round(realized + amount);
      realizedToday = round(realizedToday + amount);
      fees = round(fees + fee);
    },
    refresh: (unrealized, at) => {
      turnDay(at);
      const nav = round(startNav + realized - fees + unrealized);
      newest = { at, nav, unrealized };
      sourcesOk = true;
      if (peak === null || nav > peak.nav) peak = { nav, at };
      if (dailyPeak === null || nav > dailyPeak.nav) dailyPeak = { nav, at };
      series.push(newest);
      if (series.length > MAX_SERIES) series.shift();
    },
    miss: () => {
      sourcesOk = false;
    },
    forget: () => {
      newest = null;
      sourcesOk = null;
    },
    view: (at) => {
      turnDay(at);
      return { newest, sourcesOk, peak, dailyPeak, day, series: [...series], realizedToday, fees, realized };
    },
  };
}

/** The fall from a peak; null where peak or NAV is not known, or the peak is not positive. */
export function fallFrom(peak: Peak | null, nav: number | null): Fall | null {
  if (peak === null || nav === null || peak.nav <= 0) return null;
  const abs = Math.max(0, round(peak.nav - nav));
  return { peak: peak.nav, nav, abs, points: (100 * abs) / peak.nav };
}

/** (max - last) / max over the newest points of the curve; null where the curve is empty. */
export function portfolioDrawdown(series: readonly NavPoint[]): number | null {
  const navs = series.slice(-200).map(({ nav }) => nav);
  const last = navs.at(-1);
  const highest = Math.max(...navs);
  return last === undefined || highest <= 0 ? null : Math.max(0, (highest - last) / highest);
}
