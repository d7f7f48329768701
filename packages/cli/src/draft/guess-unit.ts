/** What the name of a field suggests about its numbers. */
export interface UnitGuess {
  /** A unit of the contract's list; null where the name says nothing. */
  readonly unit: string | null;
  /** What has to be confirmed before the guess may stand; null where the name leaves no doubt. */
  readonly doubt: string | null;
}

type Row = readonly [name: RegExp, unit: string, doubt?: string];

const PERCENT = 'Is it percent points (0.13 means 0.13 %) or a share of one? Real executors wrote both under _pct.';
const SHARE = 'Is it a share of one, in [0, 1]?';
const MONEY = 'Is it in USD?';

/** The first row whose expression the name matches counts. */
const ROWS: readonly Row[] = [
  [/_bps$|^bps$|slippage|^slip_/, 'bps'],
  [/_pct$|percent/, 'percent', PERCENT],
  [/_frac$|_share$/, 'fraction'],
  [/rate$|_ratio$|^ratio$|confidence$|weight$/, 'fraction', SHARE],
  [/_ms$/, 'ms'],
  [/_hours$|^hours$/, 'hours'],
  [/_days$|^days$/, 'days'],
  [/(^|_)(age|lag|idle|duration)(_s|_secs|_seconds)?$|_s$|_secs$|_seconds$/, 's'],
  [/score$/, 'score'],
  [/(^|_)(mult|multiplier|factor|leverage)$/, 'multiplier'],
  [/price$|_mark$|^mark$|^entry$|atr/, 'price', 'Is it a price in the quote asset?'],
  [/(^|_)(qty|quantity|size|amount)$/, 'base', 'Is it in the base asset, or in USD?'],
  [/count$|_total$|^total$|^num_|^n_|samples?$/, 'count', 'Is it a number of things, or an amount?'],
  [/nav|equity|pnl|usd|fee|notional|drawdown|peak|exposure|balance|profit|loss/, 'USD', MONEY],
];

/** Guesses the unit of a number from the name of its field. Nothing is assumed: what is not certain carries its question. */
export function guessUnit(name: string, isWhole: boolean): UnitGuess {
  const row = ROWS.find(([pattern]) => pattern.test(name.toLowerCase()));
  if (row === undefined) return { unit: null, doubt: 'What is its unit?' };
  const [, unit, doubt = null] = row;
  return unit === 'count' && !isWhole ? { unit: 'USD', doubt: MONEY } : { unit, doubt };
}

const TIME_NAME = /(^|_)(ts|time|timestamp|updated|updated_at|at)$/;

/** True for the name of a point in time. */
export function isTimeName(name: string): boolean {
  return TIME_NAME.test(name.toLowerCase());
}
