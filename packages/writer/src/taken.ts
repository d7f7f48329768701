import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import type { Prepared } from './prepare.js';

/** What the caller is told of a document or record. */
export interface Reply {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** What became of a document or record, with what the counters need. */
export interface Result {
  readonly reply: Reply;
  readonly fate: 'taken' | 'refused' | 'spilled' | 'rejected';
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
}

/** The general way to make a document's text. */
export type Prepare = (entry: SurfaceEntry, document: unknown) => Prepared;

/** The document was taken, and there is nothing to be said about it. */
export const TAKEN: Result = {
  reply: Object.freeze({ ok: true, findings: Object.freeze([]) }),
  fate: 'taken',
  nonFinite: 0,
};

/** A document or record that was taken, with something to be said about it. */
export function taken(findings: readonly Finding[], nonFinite: number, fate: 'taken' | 'spilled' = 'taken'): Result {
  return { reply: { ok: true, findings }, fate, nonFinite };
}

/** One that was not taken: it is not valid, or there is no room for it. */
export function notTaken(findings: readonly Finding[], nonFinite: number, fate: 'refused' | 'rejected'): Result {
  return { reply: { ok: false, findings }, fate, nonFinite };
}
