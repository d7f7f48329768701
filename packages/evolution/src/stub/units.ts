/** How a number goes from one unit to another; `x` stands for it. */
const CONVERSIONS: Readonly<Record<string, string>> = {
  'percent>fraction': 'x / 100',
  'fraction>percent': 'x * 100',
  'bps>fraction': 'x / 10_000',
  'fraction>bps': 'x * 10_000',
  'bps>percent': 'x / 100',
  'percent>bps': 'x * 100',
  's>ms': 'x * 1000',
  'ms>s': 'x / 1000',
  'hours>s': 'x * 3600',
  's>hours': 'x / 3600',
  'days>s': 'x * 86_400',
  's>days': 'x / 86_400',
  'days>hours': 'x * 24',
  'hours>days': 'x / 24',
  'epoch_s>iso8601': 'new Date(x * 1000).toISOString()',
  'iso8601>epoch_s': 'Date.parse(x) / 1000',
};

/** The expression that converts `x`; null where the units have nothing in common. */
export function conversion(from: unknown, to: unknown, x: string): string | null {
  const formula = CONVERSIONS[`${String(from)}>${String(to)}`];
  return formula === undefined ? null : formula.replace(/\bx\b/, () => x);
}
