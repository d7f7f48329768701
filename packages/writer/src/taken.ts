import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import type { Prepared } from './prepare.js';

/** What became of a document or record, with what the counters need. */
export interface Result {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
  /** How a record left the usual way. */
  readonly fate?: 'spilled' | 'rejected';
}

/** The general way to make a document's text. */
export type Prepare = (entry: SurfaceEntry, document: unknown) => Prepared;

/** The document was taken, and there is nothing to be said about it. */
export const TAKEN: Result = Object.freeze({ ok: true, findings: Object.freeze([]), nonFinite: 0 });

/** The document was refused. */
export function refused({ findings, nonFinite }: Prepared): Result {
  return { ok: false, findings, nonFinite };
}
