/** What a migration tells about the values it could not carry over as they were. */
export interface MigrationReport {
  /** The dialect does not say what stands at this pointer of the canonical document; it is null there. */
  unknown(pointer: string, why: string): void;
  /** The dialect's value was wrong or guessed, and another one stands at this pointer of the canonical document. */
  recomputed(pointer: string, legacy: unknown, canonical: unknown, why: string): void;
  /** Content at this pointer of the legacy document has no place in the canonical one. */
  dropped(pointer: string, why: string): void;
}

/** A total, pure step from a legacy dialect to a document of major version 1. It never throws on what the dialect's schema accepts. */
export type Migration = (document: never, report: MigrationReport) => unknown;

/** The step from a major version to the next: pure, and total on what the older version's reader view accepts. */
export interface MigrationStep {
  readonly up: (document: never) => unknown;
  /** The way back, where nothing is lost on it. */
  readonly down?: (document: never) => unknown;
}
