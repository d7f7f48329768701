import { contentAge, registry } from '@hedge-telemetry/contract';
import type { Finding, ReadingState } from '@hedge-telemetry/contract';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import { shownFindings } from './findings.js';
import type { ApiQuarantine, ApiSurface } from './types.js';

/** A reading of a state surface as the API tells it. */
export function apiSurface(reading: SurfaceReading, readAt: number, quarantine: ApiQuarantine): ApiSurface {
  const { surface, state, value, readings, age_s, timestamp, version, dialect, findings } = reading;
  const entry = registry[surface];
  return {
    name: surface,
    file: entry.file,
    state,
    timestamp,
    age_s,
    content_age_s: contentAge(entry, value),
    stale_after_s: entry.staleAfterSeconds,
    read_at: readAt,
    version_seen: seenVersion(readings, findings),
    version,
    version_expected: entry.version,
    dialect,
    valid: validity(state),
    findings: shownFindings(findings, entry.file),
    finding_count: findings.length,
    quarantine,
    readings,
  };
}

function validity(state: ReadingState): boolean | null {
  if (state === 'never') return null;
  return state !== 'invalid' && state !== 'unreadable';
}

function seenVersion(readings: unknown, findings: readonly Finding[]): string | null {
  const unknown = findings.find(({ rule }) => rule === 'version-unknown');
  if (unknown !== undefined) return unquoted(unknown.actual);
  const older = findings.find(({ rule }) => rule === 'older-version');
  if (older !== undefined) return unquoted(older.actual);
  const tag: unknown = new Map<string, unknown>(Object.entries(readings ?? {})).get('schema');
  const value: unknown = typeof tag === 'object' && tag !== null && 'value' in tag ? tag.value : null;
  return typeof value === 'string' ? value : null;
}

/** Findings show a text in quotes. */
function unquoted(text: string | null): string | null {
  return text === null ? null : text.replace(/^"(.*)"$/, '$1');
}
