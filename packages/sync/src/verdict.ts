import { documentTime, finding, hasErrors, interpret, judgeAge, parseJson, segments } from '@hedge-telemetry/contract';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';

import { contentTimes } from './content-time.js';
import type { ContentTimes } from './content-time.js';
import type { Route } from './surface-mirror.js';

/** What a reader could make of a document. */
export interface Verdict {
  /** valid: all of it. faulty: all but the fields that the findings name. refused: nothing. */
  readonly grade: 'valid' | 'faulty' | 'refused';
  /** The errors. */
  readonly errors: readonly Finding[];
  /** The times that the document gives itself; null where it gives none. */
  readonly times: ContentTimes | null;
  /** The finding on a document that is from the future. */
  readonly future: Finding | null;
}

const PLAIN: Verdict = { grade: 'valid', errors: [], times: null, future: null };

/** Judges the bytes of a document. Of a file that the contract does not know only a `.json` is asked to be whole. Never throws. */
export function judge({ entry, file, now }: Pick<Route, 'entry' | 'file' | 'now'>, bytes: Uint8Array): Verdict {
  if (entry === null && !file.endsWith('.json')) return PLAIN;
  const parsed = parseJson(bytes);
  if (!parsed.ok) return { ...PLAIN, grade: 'refused', errors: [parsed.finding] };
  if (entry === null) return PLAIN;
  const { findings, document, candidate } = interpret(entry.name, parsed.value);
  const times = candidate === undefined ? null : contentTimes(entry, candidate);
  const age = judgeAge(entry, candidate, candidate === undefined ? null : documentTime(entry, candidate), now());
  const future = age.state === 'skewed' ? age.finding : null;
  if (document !== null && !hasErrors(findings)) return { grade: 'valid', errors: [], times, future };
  const errors = findings.filter(({ level }) => level === 'error');
  const isFaulty = candidate !== undefined && isReadableInPart(entry, candidate, errors);
  return { grade: isFaulty ? 'faulty' : 'refused', errors, times, future };
}

/** True where the errors are of single fields, and some other declared field than the time is there. */
function isReadableInPart(entry: SurfaceEntry, candidate: unknown, errors: readonly Finding[]): boolean {
  const broken = new Set(errors.map(({ pointer }) => (pointer === null ? undefined : segments(pointer)[0])));
  if (broken.has(undefined) || typeof candidate !== 'object' || candidate === null) return false;
  if (Array.isArray(candidate)) return true;
  const told = new Set(['schema', segments(entry.age.pointer)[0]]);
  return Object.keys(candidate).some(
    (key) => Object.hasOwn(entry.root.fields ?? {}, key) && !broken.has(key) && !told.has(key),
  );
}

/** What is said of a document that was put in place though fields of it are invalid. */
export function faults({ entry, source }: Route, { grade, errors }: Verdict): Finding[] {
  if (grade !== 'faulty' || entry === null) return [];
  return [
    ...errors.map((each) => ({ ...each, surface: entry.name, file: source })),
    finding('mirror-with-faults', { surface: entry.name, file: source }),
  ];
}
