import type { Writer } from '@hedge-telemetry/writer';

/** How a paper executor runs. */
export interface PaperExecutorOptions {
  /** Where documents and records go; the caller closes it. */
  readonly writer: Writer;
  /** Seed of everything random; 7 by default. */
  readonly seed?: number;
  /** Symbols to trade; of four or more the last one is watched only. */
  readonly symbols?: readonly string[];
  /** Loops per second of `run`; 2 by default. */
  readonly rate?: number;
  /** The current time in seconds since 1970; the system's clock by default. */
  readonly now?: () => number;
  /** `run` ends after one loop. */
  readonly once?: boolean;
  /** NAV to start with in USD; 10,000 by default. */
  readonly startNav?: number;
  /** Names the testnet as exchange and doubles the loss limits. */
  readonly testnet?: boolean;
  /** Orders are acknowledged as DRY and never filled. */
  readonly dryRun?: boolean;
}

/** What the environment says of how to run. */
export type EnvironmentOptions = Required<Pick<PaperExecutorOptions, 'testnet' | 'dryRun' | 'once'>>;

/** Symbols that are traded unless others are given. */
export const DEFAULT_SYMBOLS: readonly string[] = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'LINKUSDT', 'SUIUSDT'];

/** Reads BINANCE_TESTNET, DRY_RUN and EXECUTOR_ONCE, each of which is on when it is "1" or "true". */
export function paperOptionsFromEnv(env: Readonly<Record<string, string | undefined>>): EnvironmentOptions {
  const isOn = (name: string): boolean => ['1', 'true'].includes((env[name] ?? '').trim().toLowerCase());
  return { testnet: isOn('BINANCE_TESTNET'), dryRun: isOn('DRY_RUN'), once: isOn('EXECUTOR_ONCE') };
}
