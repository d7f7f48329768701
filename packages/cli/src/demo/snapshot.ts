import type { Reader, SurfaceReading } from '@hedge-telemetry/reader';
import type { LedgerCount } from './ledger-counts.js';

/** What a reader sees of the mirror at one moment. */
export interface Snapshot {
  /** Seconds since the demo began. */
  readonly elapsed: number;
  readonly readings: readonly SurfaceReading[];
  readonly ledgers: readonly LedgerCount[];
}

/** Takes snapshots of a mirror. */
export function createCamera(reader: Reader, countLedgers: () => Promise<LedgerCount[]>): () => Promise<Snapshot> {
  const started = performance.now();
  return async () => {
    const [readings, ledgers] = await Promise.all([reader.readAll(), countLedgers()]);
    return { elapsed: (performance.now() - started) / 1000, readings, ledgers };
  };
}

/** The snapshot as JSON: states and counts, without the documents. */
export function snapshotJson({ elapsed, readings, ledgers }: Snapshot): Readonly<Record<string, unknown>> {
  const surfaces = readings.map(({ surface, state, age_s, version, dialect }) => ({
    surface,
    state,
    age_s,
    version,
    dialect,
  }));
  return { elapsed_s: elapsed, surfaces, ledgers };
}
