import { join } from 'node:path';

import { finding } from '@hedge-telemetry/contract';
import type { Finding, SurfaceEntry, SurfaceName } from '@hedge-telemetry/contract';

import type { Look } from './file-look.js';
import { unreadable } from './guarded-read.js';

/** Where a file is mirrored from and to. */
export interface Route {
  /** Path below either root, with forward slashes. */
  readonly file: string;
  readonly kind: 'state' | 'ledger';
  /** What the contract says of it; null for a file that is included though the contract does not know it. */
  readonly entry: SurfaceEntry | null;
  readonly surface: SurfaceName | null;
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
  /** No pass comes after this one: what needs a moment is waited for. */
  readonly isPatient: boolean;
  /** Copies of included files are looked at, too: somebody may have damaged them. Those of surfaces always are. */
  readonly isThorough: boolean;
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
  /** The source is to be looked at again in a moment: it may be in the middle of a change. */
  readonly isWaiting: boolean;
  /** Ledger lines completed in the mirror in this pass. */
  readonly lines: number;
  readonly invalidLines: number;
  /** Files of the quarantine that the pass wrote; paths below the mirror's root. */
  readonly quarantined: readonly string[];
}

/** Mirrors one file; holds what it learned between passes. */
export interface SurfaceMirror {
  readonly file: string;
  readonly kind: Route['kind'];
  /** What the pass before found, where neither file has changed since; else null. Never throws. */
  unchanged(allowance: Allowance): Outcome | null;
  /** Never throws and never rejects. */
  pass(allowance: Allowance): Promise<Outcome>;
  /** Lets go of what is kept open for the next pass. */
  rest(): void;
}

const NOTHING: Omit<Outcome, 'status'> = {
  findings: [],
  behind: false,
  lagBytes: 0,
  more: false,
  isWaiting: false,
  lines: 0,
  invalidLines: 0,
  quarantined: [],
};

/** The route of a surface between two roots. */
export function routeOf(entry: SurfaceEntry, from: string, to: string, now: () => number): Route {
  return { ...includedRoute(entry.file, from, to, now), kind: entry.kind, entry, surface: entry.name };
}

/** The route of a file that the contract does not know: lines are appended to a `.jsonl`, anything else is replaced as a whole. */
export function includedRoute(file: string, from: string, to: string, now: () => number): Route {
  const kind = file.endsWith('.jsonl') ? 'ledger' : 'state';
  return { file, kind, entry: null, surface: null, source: join(from, file), target: join(to, file), to, now };
}

/** An outcome; what is not given is empty. */
export function outcome(status: Outcome['status'], details: Partial<Outcome> = {}): Outcome {
  return { ...NOTHING, ...details, status };
}

/** What two passes in a row did for the same file. */
export function together(first: Outcome, second: Outcome): Outcome {
  const again = new Set(second.findings.map(({ rule, line, actual }) => `${rule} ${line} ${actual}`));
  return {
    ...second,
    status: first.status === 'mirrored' && second.status === 'unchanged' ? 'mirrored' : second.status,
    findings: [
      ...first.findings.filter(({ rule, line, actual }) => !again.has(`${rule} ${line} ${actual}`) && line !== null),
      ...second.findings,
    ],
    lines: first.lines + second.lines,
    invalidLines: first.invalidLines + second.invalidLines,
    quarantined: [...new Set([...first.quarantined, ...second.quarantined])],
  };
}

/** The outcome where the source is no regular file: what the mirror holds stays as it is. */
export function withoutSource(route: Route, source: Look, target: Look): Outcome {
  if (source.state === 'unusable') return skipped(route, target, [unreadable(route.source, source.actual)]);
  const vanished = target.state === 'regular';
  return outcome('absent', { findings: vanished ? [missing(route)] : [] });
}

/** The outcome where the source cannot be used: the mirror keeps its last good copy, if it has one. */
export function skipped(
  route: Route,
  target: Look,
  findings: readonly Finding[],
  details: Partial<Outcome> = {},
): Outcome {
  const { surface } = route;
  const kept = target.state === 'regular' ? [finding('mirror-kept-last-good', { surface, file: route.target })] : [];
  return outcome('skipped', {
    ...details,
    behind: true,
    findings: [...findings.map((each) => ({ ...each, surface })), ...kept],
  });
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
    surface: route.surface,
    file: route.target,
    actual,
    message: `The mirror could not be written: ${actual}.`,
    fix: 'Check that the directory is writable and has space; the next pass tries again.',
  });
}

function missing(route: Route): Finding {
  return finding('file-missing', {
    surface: route.surface,
    file: route.source,
    message: 'The source file is gone; the mirror keeps its copy.',
    fix: 'Look at the process that writes it.',
  });
}
