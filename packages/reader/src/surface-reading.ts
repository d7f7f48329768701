import {
  documentReadings,
  documentTime,
  interpret,
  judgeAge,
  MAX_DOCUMENT_BYTES,
  parseJson,
  placed,
  registry,
  uniformReadings,
} from '@hedge-telemetry/contract';
import type {
  Finding,
  Interpretation,
  ReadingState,
  StateDocuments,
  StateName,
  SurfaceReadings,
  UnknownReading,
} from '@hedge-telemetry/contract';
import { tooLargeFinding } from './read-regular.js';

/** What a reader knows of a state surface. */
export interface SurfaceReading<N extends StateName = StateName> {
  readonly surface: N;
  /** Path of the file, as the reader was given its directory. */
  readonly file: string;
  /** How far the document as a whole can be trusted. */
  readonly state: ReadingState;
  /** The canonical document, migrated where it was in a legacy dialect; null where it is not wholly understood. */
  readonly value: StateDocuments[N] | null;
  /** Every field as a Reading. Where the document is invalid, fields that no finding points at can still be read. */
  readonly readings: SurfaceReadings[N];
  /** Reader's clock minus the document's timestamp, in seconds; null where the document tells no time. */
  readonly age_s: number | null;
  /** The document's own timestamp, in seconds since 1970; null where it tells no time. */
  readonly timestamp: number | null;
  /** Version of the contract that `value` and `readings` are in; null where the document is not understood. */
  readonly version: string | null;
  /** "canonical", the name of the legacy dialect that was migrated, or null where the shape is not known. */
  readonly dialect: string | null;
  readonly findings: readonly Finding[];
}

/** Where and when a document is read. */
export interface ReadingPlace {
  /** Reader's clock, in seconds since 1970. */
  readonly now: number;
  /** Path that the findings name. */
  readonly file: string;
}

/** Reads a state document from its bytes: no file is touched, so a companion surface is not asked for its age. Never throws. */
export function readDocument<N extends StateName>(
  surface: N,
  bytes: Uint8Array,
  place: ReadingPlace,
): SurfaceReading<N> {
  const interpreted = interpretBytes(surface, bytes);
  if ('rule' in interpreted) return unknownReading(surface, 'unreadable', interpreted, place);
  return interpretedReading(interpreted, documentTime(registry[surface], interpreted.candidate), place);
}

/** Parses and interprets the bytes of a state document; a finding where they cannot be parsed. */
export function interpretBytes<N extends StateName>(surface: N, bytes: Uint8Array): Interpretation<N> | Finding {
  if (bytes.length > MAX_DOCUMENT_BYTES) return tooLargeFinding(bytes.length);
  const parsed = parseJson(bytes);
  return parsed.ok ? interpret(surface, parsed.value) : parsed.finding;
}

/** The reading of a document of which nothing is known, and why. */
export function unknownReading<N extends StateName>(
  surface: N,
  state: 'never' | 'unreadable',
  reason: Finding,
  { file }: ReadingPlace,
): SurfaceReading<N> {
  return {
    surface,
    file,
    state,
    value: null,
    readings: uniform(surface, { state, value: null, age_s: null }),
    age_s: null,
    timestamp: null,
    version: null,
    dialect: null,
    findings: placed([reason], { file, surface }),
  };
}

/** The reading of an interpreted document whose time (seconds since 1970, or null) is known. */
export function interpretedReading<N extends StateName>(
  { surface, dialect, version, document, candidate, findings }: Interpretation<N>,
  time: number | null,
  { now, file }: ReadingPlace,
): SurfaceReading<N> {
  const identity = { surface, file, version, dialect };
  if (candidate === undefined) {
    const readings = uniform(surface, { state: 'invalid', value: null, age_s: null });
    const reasons = placed(findings, { file, surface });
    return { ...identity, state: 'invalid', value: null, readings, age_s: null, timestamp: null, findings: reasons };
  }
  const entry = registry[surface];
  const { state, age_s, finding } = judgeAge(entry, candidate, time, now);
  const { readings, undeclared } = documentReadings(entry.root, candidate, { state, age_s }, findings);
  return {
    ...identity,
    state: document === null ? 'invalid' : state,
    value: document,
    readings: readings as SurfaceReadings[N],
    age_s,
    timestamp: time,
    findings: placed([...findings, ...(finding === null ? [] : [finding]), ...undeclared], { file, surface }),
  };
}

function uniform<N extends StateName>(surface: N, reading: UnknownReading): SurfaceReadings[N] {
  return uniformReadings(registry[surface].root, reading) as SurfaceReadings[N];
}
