/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const zero: Rational = { n: 0n, d: 1n };
export const one: Rational = { n: 1n, d: 1n };

/** The decimal that the shortest spelling of a JSON number denotes. */
export function fromNumber(value: number): Rational {
  if (Number.isSafeInteger(value)) return { n: BigInt(value), d: 1n };
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return power >= 0 ? { n: digits * 10n ** BigInt(power), d: 1n } : ratio(digits, 10n ** BigInt(-power));
}

/** The JSON number equal to `value`, or undefined where a double cannot spell it. */
export function toNumber(value: Rational): number | undefined {
  const rounded = Number(value.n) / Number(value.d);
  for (const near of [rounded, Number(rounded.toPrecision(15))]) {
    if (Number.isFinite(near) && compare(fromNumber(near), value) === 0) return Object.is(near, -0) ? 0 : near;
  }
  return undefined;
}

export function ratio(n: bigint, d: bigint): Rational {
  const sign = d < 0n ? -1n : 1n;
  const common = gcd(n, d);
  return common === 0n ? zero : { n: (sign * n) / common, d: (sign * d) / common };
}

export function compare(a: Rational, b: Rational): number {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function add(a: Rational, b: Rational): Rational {
  return ratio(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function multiply(a: Rational, b: Rational): Rational {
  return ratio(a.n * b.n, a.d * b.d);
}

export function divide(a: Rational, b: Rational): Rational {
  return ratio(a.n * b.d, a.d * b.n);
}

export function isMultiple(value: Rational, of: Rational): boolean {
  return of.n !== 0n && (value.n * of.d) % (value.d * of.n) === 0n;
}

/** The least positive number that is a multiple of both. */
export function leastCommonMultiple(a: Rational, b: Rational): Rational {
  return ratio(lcm(a.n * b.d, b.n * a.d), a.d * b.d);
}

export function lcm(a: bigint, b: bigint): bigint {
  const product = a * b;
  return product === 0n ? 0n : absolute(product) / gcd(a, b);
}

export function floor(value: Rational): bigint {
  const quotient = value.n / value.d;
  return value.n < 0n && quotient * value.d !== value.n ? quotient - 1n : quotient;
}

export function ceil(value: Rational): bigint {
  return -floor({ n: -value.n, d: value.d });
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
