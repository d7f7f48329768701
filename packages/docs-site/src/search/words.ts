/** What the names of the contract abbreviate. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  aum: 'assets under management',
  avg: 'average',
  bps: 'basis points',
  cfg: 'configuration',
  dd: 'drawdown',
  frac: 'fraction',
  freq: 'frequency',
  lat: 'latency',
  lev: 'leverage',
  max: 'maximum',
  min: 'minimum',
  mkt: 'market',
  nav: 'net asset value',
  pct: 'percent percentage',
  pnl: 'profit loss',
  pos: 'position',
  px: 'price',
  qty: 'quantity',
  req: 'requested',
  ts: 'timestamp time',
  usd: 'dollars',
  var: 'value at risk',
  vol: 'volatility',
};

/**
 * The words of a text in lower case: names whole and in their parts, so that `dd_frac`, `positionAmt` and `risk.var_frac`
 * are found by each of them.
 */
export function wordsOf(text: string): string[] {
  const names = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return [...new Set(names.flatMap((name) => [name, ...partsOf(name)]).map((each) => each.toLowerCase()))];
}

/** The words of a text, and what its abbreviations mean. */
export function wordsWithMeanings(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => [word, ...meaningsOf(word)]))];
}

function partsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .split('_')
    .filter((part) => part !== '');
}

function meaningsOf(word: string): string[] {
  return Object.hasOwn(ABBREVIATIONS, word) ? (ABBREVIATIONS[word] ?? '').split(' ') : [];
}
