import type { Diff, OnSurface } from '../diff/diff.js';
import type { EvolutionFinding } from '../finding.js';
import type { Frozen } from './freeze.js';

export interface ReleaseOptions {
  /** Directory that holds schemas/, packages/contract/ and CHANGELOG.md. */
  readonly root: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** First sentence of the CHANGELOG entry; derived from the changes unless given. */
  readonly summary?: string;
  /** Report what would be written, and write nothing. */
  readonly dryRun?: boolean;
  /** Hears which surface is compared next. */
  readonly onSurface?: OnSurface;
}

/** What a release did, or why it did nothing. */
export interface ReleaseReport {
  /** released: versions were frozen. opened: a major version was opened and its migration waits to be written. unchanged: nothing to release. refused: see the findings. */
  readonly outcome: 'released' | 'opened' | 'unchanged' | 'refused';
  readonly diff: Diff;
  readonly released: readonly Pick<Frozen, 'surface' | 'version'>[];
  /** Migrations that were written, from the root. */
  readonly stubs: readonly StubFile[];
  /** Files that were written, from the root. */
  readonly files: readonly string[];
  readonly findings: readonly EvolutionFinding[];
}

export interface StubFile {
  readonly surface: string;
  readonly from: number;
  readonly file: string;
  readonly unwritten: boolean;
}
