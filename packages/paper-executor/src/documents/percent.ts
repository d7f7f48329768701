import { percentPoints } from '@hedge-telemetry/contract';
import type { Percentage } from '@hedge-telemetry/contract';

/** States that a value is in percent points; what is not known stays null. */
export function points(value: number | null): Percentage | null {
  return value === null ? null : percentPoints(value);
}
