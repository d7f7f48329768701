import { registry } from '@hedge-telemetry/contract';
import type { Finding, Level, ReadingState, SurfaceName } from '@hedge-telemetry/contract';
import { createCoverage } from './coverage.js';
import type { CoverageTally } from './coverage.js';

/** What is known of a surface or ledger while it is watched. */
export interface Tracked {
  readonly surface: SurfaceName;
  state: ReadingState;
  age_s: number | null;
  version: string | null;
  /** Documents or lines that were met. */
  documents: number;
  invalid: number;
  /** How many of them were of which shape: "canonical", an older version, or a legacy dialect. */
  readonly shapes: Map<string, number>;
  readonly levels: Record<Level, number>;
  readonly coverage: CoverageTally;
}

/** A document or line as it was understood. */
export interface MetDocument {
  /** Canonical form; null where it is not wholly understood. */
  readonly value: unknown;
  readonly dialect: string | null;
  readonly version: string | null;
}

/** A surface of which nothing was met yet. */
export function untracked(surface: SurfaceName): Tracked {
  return {
    surface,
    state: 'never',
    age_s: null,
    version: null,
    documents: 0,
    invalid: 0,
    shapes: new Map(),
    levels: { error: 0, warning: 0, info: 0 },
    coverage: createCoverage(registry[surface].root),
  };
}

/** Counts a document and what it holds. */
export function countDocument(tracked: Tracked, { value, dialect, version }: MetDocument): void {
  tracked.documents += 1;
  tracked.version = version ?? tracked.version;
  if (value === null) tracked.invalid += 1;
  else tracked.coverage.add(value);
  if (dialect !== null) tracked.shapes.set(dialect, (tracked.shapes.get(dialect) ?? 0) + 1);
}

/** Counts findings by their level. */
export function countLevels({ levels }: Tracked, findings: readonly Finding[]): void {
  for (const { level } of findings) levels[level] += 1;
}
