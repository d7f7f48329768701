import { isLedgerName, isStateName, ledgerNames, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import { includeOf } from '@hedge-telemetry/sync';
import { InvalidArgumentError } from 'commander';

/** The state surface that an argument names. */
export function surfaceArgument(text: string): StateName {
  if (isStateName(text)) return text;
  throw new InvalidArgumentError(`expected a state surface: ${stateNames.join(', ')}.`);
}

/** The ledger that an argument names. */
export function ledgerArgument(text: string): LedgerName {
  if (isLedgerName(text)) return text;
  throw new InvalidArgumentError(`expected a ledger: ${ledgerNames.join(', ')}.`);
}

/** A whole number from 0 up. */
export function countOption(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('expected a whole number from 0 up.');
}

/** A number above 0. */
export function positiveOption(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError('expected a number above 0.');
}

/** Names separated by commas. */
export function listOption(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => /^[A-Z0-9]{2,32}$/.test(name))) return names;
  throw new InvalidArgumentError('expected symbols in capitals, separated by commas, e.g. BTCUSDT,ETHUSDT.');
}

/** A path or pattern below the source, added to those before. */
export function includeOption(text: string, before: readonly string[] = []): string[] {
  try {
    includeOf([text]);
    return [...before, text];
  } catch {
    throw new InvalidArgumentError('expected a path or a pattern below the source, without "..".');
  }
}

/** A TCP port. */
export function portOption(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('expected a port from 0 to 65535.');
}

/** Values of a Host header separated by commas. */
export function hostsOption(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => /^[A-Za-z0-9.:[\]-]{1,255}$/.test(name))) return names;
  throw new InvalidArgumentError('expected host names separated by commas, e.g. telemetry.internal:8443.');
}
