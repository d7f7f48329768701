import { randomInt } from 'node:crypto';

/** A number from the environment, or the default that fits CI. */
function setting(name: string, byDefault: number): number {
  const value = Number(process.env[name] ?? byDefault);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${name} must be a whole number, not ${process.env[name]}`);
  return value;
}

/** How much of the crash suite is run: small by default, as much as the environment asks for. */
export const settings: {
  /** SIGKILLs at random instants. */
  readonly kills: number;
  /** Crashes per file system in the power-loss tests; 0 skips them. */
  readonly powerLosses: number;
  /** Sweeps the system calls with every fault and every number, not a sample of them. */
  readonly sweepAll: boolean;
  /** How long a disk hangs, in ms. */
  readonly hangMs: number;
  /** What random choices depend on; printed where a test fails. */
  readonly seed: number;
} = {
  kills: setting('TELEMETRY_KILLS', 500),
  powerLosses: setting('TELEMETRY_POWER_LOSSES', 0),
  sweepAll: setting('TELEMETRY_SWEEP_ALL', 0) > 0,
  hangMs: setting('TELEMETRY_HANG_MS', 1_500),
  seed: setting('TELEMETRY_SEED', randomInt(2 ** 31)),
};
