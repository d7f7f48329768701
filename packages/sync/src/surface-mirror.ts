import { join } from 'node:path';

import { finding } from '@hedge-telemetry/contract';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';

import type { Look } from './file-look.js';
import { unreadable } from './guarded-read.js';

/** Where a surface is mirrored from and to. */
export interface Route {
  readonly entry: SurfaceEntry;
  readonly source: string;
  readonly target: string;
  /** Root of the mirror. */
  readonly to: string;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
}

/** What one pass may spend. */
export interface Allowance {
  /** Bytes of each ledger; what is left over waits for the next pass. */
  readonly ledgerBytes: number;
  /** Findings on single ledger lines that may still be reported; counted down. */
  lineFindings: number;
}

/** What one pass did for one surface. */
export interface Outcome {
  /** absent: there is no source file. */
  readonly status: 'mirrored' | 'unchanged' | 'skipped' | 'absent';
  readonly findings: readonly Finding[];
  /** The source holds something that the mirror does not hold yet. */
  readonly behind: boolean;
  /** Ledger bytes that the mirror does not hold yet. */
  readonly lagBytes: number;
  /** The allowance ran out before the work did. */
  readonly more: boolean;
  /** Ledger lines completed in the mirror in this pass. */
  readonly lines: number;
  readonly invalidLines: number;
}

/** Mirrors one surface; holds what it learned between passes. */
export interface SurfaceMirror {
  readonly entry: SurfaceEntry;
  /** Never throws and never rejects. */
  pass(allowance: Allowance): Promise<Outcome>;
}

const NOTHING: Omit<Outcome, 'status'> = {
  findings: [],
  behind: false,
  lagBytes: 0,
  more: false,
  lines: 0,
  invalidLines: 0,
};

/** The route of a surface between two roots. */
export function routeOf(entry: SurfaceEntry, from: string, to: string, now: () => number): Route {
  return { entry, source: join(from, entry.file), target: join(to, entry.file), to, now };
}

/** An outcome; what is not given is empty. */
export function outcome(status: Outcome['status'], details: Partial<Outcome> = {}): Outcome {
  return { ...NOTHING, ...details, status };
}

/** The outcome where the source is no regular file: what the mirror holds stays as it is. */
export function withoutSource(route: Route, source: Look, target: Look): Outcome {
  if (source.state === 'unusable') return skipped(route, target, [unreadable(route.source, source.actual)]);
  const vanished = target.state === 'regular';
  return outcome('absent', { findings: vanished ? [missing(route)] : [] });
}

/** The outcome where the source cannot be used: the mirror keeps its last good copy, if it has one. */
export function skipped(route: Route, target: Look, findings: readonly Finding[]): Outcome {
  const surface = route.entry.name;
  const kept = target.state === 'regular' ? [finding('mirror-kept-last-good', { surface, file: route.target })] : [];
  return outcome('skipped', { behind: true, findings: [...findings.map((each) => ({ ...each, surface })), ...kept] });
}

/** The outcome where the mirror could not be written. */
export function writeFailed(route: Route, actual: string, details: Partial<Outcome> = {}): Outcome {
  return outcome('skipped', {
    ...details,
    behind: true,
    findings: [...(details.findings ?? []), writeFailure(route, actual)],
  });
}

function writeFailure(route: Route, actual: string): Finding {
  return finding('write-failed', {
    surface: route.entry.name,
    file: route.target,
    actual,
    message: `The mirror could not be written: ${actual}.`,
    fix: 'Check that the directory is writable and has space; the next pass tries again.',
  });
}

function missing(route: Route): Finding {
  return finding('file-missing', {
    surface: route.entry.name,
    file: route.source,
    message: 'The source file is gone; the mirror keeps its copy.',
    fix: 'Look at the process that writes it.',
  });
}
