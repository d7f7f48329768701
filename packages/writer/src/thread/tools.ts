import type { Finding, SurfaceEntry, SurfaceName } from '@hedge-telemetry/contract';
import type { ThreadData } from './protocol.js';
import type { Reviewer } from './reviewer.js';

/** What the desks of a thread work with. */
export interface Tools {
  readonly data: ThreadData;
  /** Tells the writer of findings. */
  readonly say: (findings: readonly Finding[]) => void;
  /** Adds to a counter of a surface. */
  readonly count: (surface: SurfaceName, counter: number, by: number) => void;
  readonly reviewer: (entry: SurfaceEntry) => Reviewer;
}
