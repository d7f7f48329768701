const numbers = new Float64Array(1);
const bits = new BigInt64Array(numbers.buffer);

/** The least number that is greater than a finite one. */
export function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  numbers[0] = value;
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n);
  return numbers[0];
}

/** The greatest number that is less than a finite one. */
export function below(value: number): number {
  return -above(-value);
}
