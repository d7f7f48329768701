import type { ReadingState } from '@hedge-telemetry/contract';

/** How much of the operator's attention something asks for. */
export type Tone = 'good' | 'warn' | 'bad' | 'mute';

/** How a state is told: never by colour alone. */
export interface StateWord {
  readonly word: string;
  readonly tone: Tone;
  readonly meaning: string;
}

/** The seven states, best first. */
export const stateOrder: readonly ReadingState[] = [
  'fresh',
  'absent',
  'never',
  'stale',
  'skewed',
  'invalid',
  'unreadable',
];

/** The worse of two states. */
export function worse(one: ReadingState, other: ReadingState): ReadingState {
  return stateOrder.indexOf(one) >= stateOrder.indexOf(other) ? one : other;
}

/** The worst of some states; null where there are none. */
export function worst(states: readonly ReadingState[]): ReadingState | null {
  return states.reduce<ReadingState | null>((sofar, each) => (sofar === null ? each : worse(sofar, each)), null);
}

export const stateWords: Readonly<Record<ReadingState, StateWord>> = {
  fresh: { word: 'fresh', tone: 'good', meaning: 'Within the age that the contract allows.' },
  absent: { word: 'not reported', tone: 'mute', meaning: 'Null or left out by the writer. It is not zero.' },
  never: { word: 'never written', tone: 'mute', meaning: 'The file does not exist: nothing was published yet.' },
  stale: {
    word: 'stale',
    tone: 'warn',
    meaning: 'Older than the contract allows, or of unknown age. The last value is shown.',
  },
  skewed: {
    word: 'from the future',
    tone: 'warn',
    meaning: 'Its timestamp lies ahead of the clock here, so its age is not known.',
  },
  invalid: { word: 'invalid', tone: 'bad', meaning: 'It breaks the contract.' },
  unreadable: { word: 'unreadable', tone: 'bad', meaning: 'The file is torn or cannot be read.' },
};
