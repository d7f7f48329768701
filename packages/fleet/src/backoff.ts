/** How long to wait before the next attempt. */
export interface Backoff {
  /** The wait after one more failure, in milliseconds. */
  next(): number;
  /** The last attempt succeeded. */
  reset(): void;
}

const FIRST_WAIT_MS = 100;
const LAST_WAIT_MS = 5000;

/**
 * Waits that double with each failure, from 0.1 s to 5 s. A random share of up to a half is left out, so that many that
 * lost one server do not come back at once.
 */
export function createBackoff(): Backoff {
  let wait = FIRST_WAIT_MS;
  return {
    next: () => {
      const current = wait;
      wait = Math.min(wait * 2, LAST_WAIT_MS);
      return current * (0.5 + Math.random() / 2);
    },
    reset: () => {
      wait = FIRST_WAIT_MS;
    },
  };
}
