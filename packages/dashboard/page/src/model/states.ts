import type { ReadingState } from '@hedge-telemetry/contract';
import { stateOrder } from '../../../src/view/states.js';

export { stateOrder, stateWords } from '../../../src/view/states.js';
export type { Tone } from '../../../src/view/states.js';

/** The worse of two states. */
export function worse(one: ReadingState, other: ReadingState): ReadingState {
  return stateOrder.indexOf(one) >= stateOrder.indexOf(other) ? one : other;
}

/** The worst of some states; null where there are none. */
export function worst(states: readonly ReadingState[]): ReadingState | null {
  return states.reduce<ReadingState | null>((sofar, each) => (sofar === null ? each : worse(sofar, each)), null);
}
