import { hasErrors } from '@hedge-telemetry/contract';
import type { Finding, ReadingState, RuleId } from '@hedge-telemetry/contract';

/** What an exit code of the command says. */
export const exitCodes = {
  clean: 0,
  internal: 1,
  usage: 2,
  notFound: 3,
  io: 4,
  contract: 5,
  incompatible: 7,
  undecided: 8,
  untrusted: 9,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const IO_RULES: ReadonlySet<RuleId> = new Set([
  'file-unreadable',
  'write-failed',
  'remote-unreachable',
  'remote-denied',
  'remote-not-provisioned',
  'remote-rejected',
  'remote-conflict',
]);

/** The exit code that findings call for: failed input or output before a broken contract. */
export function exitOf(findings: readonly Finding[]): ExitCode {
  if (findings.some(({ rule, level }) => level === 'error' && IO_RULES.has(rule))) return exitCodes.io;
  return hasErrors(findings) ? exitCodes.contract : exitCodes.clean;
}

/** The exit code that says what state a surface is in. */
export function exitOfState(state: ReadingState): ExitCode {
  switch (state) {
    case 'never':
      return exitCodes.notFound;
    case 'unreadable':
      return exitCodes.io;
    case 'invalid':
      return exitCodes.contract;
    default:
      return exitCodes.clean;
  }
}
