import type { Finding } from '@hedge-telemetry/contract';

/** Tells the caller's listener of a finding, and gives it back. */
export type Reporter = (finding: Finding) => Finding;

/**
 * Makes a reporter that survives its listener: what it throws is dropped, and findings that arise while it runs (it may
 * publish one) are not told to it again.
 */
export function createReporter(listener: ((finding: Finding) => void) | undefined): Reporter {
  let telling = false;
  return (finding) => {
    if (listener === undefined || telling) return finding;
    telling = true;
    try {
      listener(finding);
    } catch {
      // The listener's own trouble must not reach the executor.
    } finally {
      telling = false;
    }
    return finding;
  };
}
