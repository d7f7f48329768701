import type { ScrubContext } from '../scrub.js';
import type { Place } from './places.js';

/** What is said of a field that holds one value; the contract's field tree gives it. */
export interface Scalar {
  readonly type?: 'number' | 'integer' | 'string' | 'boolean' | 'mixed';
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly unit?: string;
  readonly pattern?: string;
}

const TIMES = 'iso8601';
const DIGITS = /^\^\[0-9\]\{1,\d{1,2}\}\$$/;

/**
 * True where every valid value of a field is told to be no secret once and for all: constants, enums, booleans, numbers
 * but for passwords, and times and integers as text, unless a known value is made of digits.
 */
export function alwaysHarmless(node: Scalar, place: Place, { inDigits }: ScrubContext): boolean {
  if (node.const !== undefined) return isHarmlessChoice(node.const, place);
  if (node.enum !== undefined) return node.enum.every((each) => isHarmlessChoice(each, place));
  if (node.type === 'boolean') return true;
  if (node.type === 'number' || node.type === 'integer') return place.number(Number.MAX_SAFE_INTEGER);
  const sample = node.pattern === undefined ? undefined : sampleOf(node, node.pattern);
  return sample !== undefined && !inDigits && place.text(sample);
}

/** A value that stands for all of the field in what a name says of them. */
function sampleOf({ unit }: Scalar, pattern: string): string | undefined {
  if (unit === TIMES) return '2026-03-04T05:06:07.089123456+01:00';
  return DIGITS.test(pattern) ? '71000000000000000042' : undefined;
}

function isHarmlessChoice(choice: unknown, place: Place): boolean {
  return typeof choice === 'string' ? place.text(choice) : typeof choice !== 'number' || place.number(choice);
}
