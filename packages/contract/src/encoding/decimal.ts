const MOST_DECIMALS = 8;
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => 10 ** decimals);
/** Decimals of up to 15 digits are told apart by the numbers that they give, so that one that gives a number is the shortest. */
const BOUND = 1e15;
/** ECMAScript writes smaller numbers with an exponent. */
const LEAST = 1e-6;
const HALF = 1e7;
const HALF_DIGITS = 7;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/** Room that {@link writeDecimal} needs. */
export const LONGEST_DECIMAL = 32;

/**
 * Writes a finite number as ECMAScript does, where its shortest decimal has at most 15 digits and 8 decimals, which most
 * prices and quantities have; gives the position behind it. -1 where it has not.
 */
export function writeDecimal(value: number, bytes: Uint8Array, at: number): number {
  const size = Math.abs(value);
  if (size === 0) {
    bytes[at] = ZERO;
    return at + 1;
  }
  if (!(size >= LEAST)) return -1;
  let decimals = 0;
  let scaled = size;
  if (size < BOUND && Math.floor(size) !== size) {
    decimals = decimalsOf(size);
    if (decimals < 0) return -1;
    scaled = Math.round(size * (POWERS[decimals] as number));
  }
  if (scaled >= BOUND) return -1;
  let to = at;
  if (value < 0) {
    bytes[to] = MINUS;
    to += 1;
  }
  return decimals === 0 ? writeWhole(scaled, bytes, to) : writeScaled(scaled, decimals, bytes, to);
}

/** The number of decimals of a fraction; -1 where there are too many. A division of whole numbers is rounded correctly, as is the reading of a decimal. */
function decimalsOf(size: number): number {
  let most = MOST_DECIMALS;
  while (size * (POWERS[most] as number) >= BOUND) most -= 1;
  if (most <= 0 || !isDecimal(size, most)) return -1;
  let decimals = 1;
  while (!isDecimal(size, decimals)) decimals += 1;
  return decimals;
}

function isDecimal(size: number, decimals: number): boolean {
  const power = POWERS[decimals] as number;
  return Math.round(size * power) / power === size;
}

function writeScaled(scaled: number, decimals: number, bytes: Uint8Array, at: number): number {
  const power = POWERS[decimals] as number;
  const whole = Math.floor(scaled / power);
  const to = writeWhole(whole, bytes, at);
  bytes[to] = POINT;
  writeDigits(scaled - whole * power, decimals, bytes, to + 1);
  return to + 1 + decimals;
}

function writeWhole(value: number, bytes: Uint8Array, at: number): number {
  if (value >= HALF) {
    const high = Math.floor(value / HALF);
    const to = writeWhole(high, bytes, at);
    writeDigits(value - high * HALF, HALF_DIGITS, bytes, to);
    return to + HALF_DIGITS;
  }
  const length = lengthOf(value);
  writeDigits(value, length, bytes, at);
  return at + length;
}

function lengthOf(value: number): number {
  let length = 1;
  for (let bound = 10; value >= bound; bound *= 10) length += 1;
  return length;
}

/** Writes a whole number below 10⁸ with so many digits. */
function writeDigits(value: number, digits: number, bytes: Uint8Array, at: number): void {
  let rest = value | 0;
  for (let to = at + digits - 1; to >= at; to -= 1) {
    const next = (rest / 10) | 0;
    bytes[to] = ZERO + rest - next * 10;
    rest = next;
  }
}
