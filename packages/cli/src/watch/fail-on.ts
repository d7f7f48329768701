import type { Finding, ReadingState } from '@hedge-telemetry/contract';
import { InvalidArgumentError } from 'commander';

/** What a watch may be told to fail on: the level of a finding, the state of a surface, or an undeclared key. */
export const failConditions = [
  'error',
  'warning',
  'stale',
  'skewed',
  'invalid',
  'unreadable',
  'never',
  'undeclared',
] as const;

export type FailCondition = (typeof failConditions)[number];

/** Conditions separated by commas. */
export function failOnOption(text: string, before: readonly FailCondition[] = []): FailCondition[] {
  const names = text.split(',').map((each) => each.trim());
  return [...before, ...names.map(conditionOf)];
}

function conditionOf(name: string): FailCondition {
  const known = failConditions.find((each) => each === name);
  if (known !== undefined) return known;
  throw new InvalidArgumentError(`expected one or more of ${failConditions.join(', ')}, separated by commas.`);
}

/** The condition that a finding meets, if it is among the wanted ones; a warning is met by an error, too. */
export function metByFinding({ level, rule }: Finding, wanted: readonly FailCondition[]): FailCondition | null {
  const met: readonly FailCondition[] = [
    ...(level === 'error' ? (['error', 'warning'] as const) : level === 'warning' ? (['warning'] as const) : []),
    ...(rule === 'undeclared-field' ? (['undeclared'] as const) : []),
  ];
  return wanted.find((each) => met.includes(each)) ?? null;
}

/** The condition that a state meets; a surface that was never published counts only in the end. */
export function metByState(
  state: ReadingState,
  wanted: readonly FailCondition[],
  isEnd: boolean,
): FailCondition | null {
  return wanted.find((each) => each === state && (isEnd || state !== 'never')) ?? null;
}
