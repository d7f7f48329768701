import type { Finding } from '@hedge-telemetry/contract';

/** When a file that could not be written is tried again, and when that is said. */
export interface Attempts {
  /** True where it is time to try. */
  due(now: number): boolean;
  /** Milliseconds until it is; Infinity where nothing failed. */
  wait(now: number): number;
  failed(finding: Finding, now: number): void;
  succeeded(): void;
}

const FIRST_DELAY = 50;
const LONGEST_DELAY = 1000;
/** A failure that goes on is said again after so long, in milliseconds. */
const SAY_AGAIN = 30_000;

/** Makes attempts further and further apart. The same failure is said once, not at each attempt. */
export function createAttempts(say: (findings: readonly Finding[]) => void): Attempts {
  let delay = 0;
  let next = -Infinity;
  let said: { readonly text: string; readonly at: number } | null = null;
  return {
    due: (now) => now >= next,
    wait: (now) => (delay === 0 ? Infinity : Math.max(0, next - now)),
    failed(finding, now) {
      delay = Math.min(LONGEST_DELAY, Math.max(FIRST_DELAY, 2 * delay));
      next = now + delay;
      const text = `${finding.rule} ${finding.actual}`;
      if (said !== null && said.text === text && now < said.at + SAY_AGAIN) return;
      said = { text, at: now };
      say([finding]);
    },
    succeeded() {
      delay = 0;
      next = -Infinity;
      said = null;
    },
  };
}
