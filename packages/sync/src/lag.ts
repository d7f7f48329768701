import type { SurfaceOutcome } from './report.js';

/** Remembers since when surfaces have been behind. */
export interface LagClock {
  /** The longest time that any surface has been behind, in seconds; 0 when none is. */
  measure(surfaces: readonly SurfaceOutcome[], now: number): number;
}

/** Makes a lag clock. A surface is behind from the pass that first saw it so. */
export function createLagClock(): LagClock {
  const since = new Map<string, number>();
  return { measure };

  function measure(surfaces: readonly SurfaceOutcome[], now: number): number {
    let longest = 0;
    for (const { file, outcome } of surfaces) {
      if (!outcome.behind) {
        if (since.size > 0) since.delete(file);
        continue;
      }
      const first = since.get(file) ?? now;
      since.set(file, first);
      longest = Math.max(longest, now - first);
    }
    return longest;
  }
}
