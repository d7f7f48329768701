import { documentTime, registry, stateNames } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import { ageText } from '../render/values.js';
import { linesOf, shellPath } from './check.js';
import type { Check } from './check.js';
import { lastRecords } from './last-records.js';
import type { LastRecord } from './last-records.js';

/** What the documents of a directory say: how old they are, whether their clock is ours, and whether their versions are. */
export async function checkDocuments(dir: string): Promise<Check[]> {
  const now = Date.now() / 1000;
  const readings = await createReader({ dir, now: () => now }).readAll();
  const records = await lastRecords(dir);
  const published = readings.filter(({ state }) => state !== 'never');
  return [
    ...checkAges(dir, published),
    ...checkMissing(published),
    ...checkSkew([...published.flatMap(timesOf), ...records.flatMap(recordTime)], now),
    ...checkDrift(dir, published, records),
  ];
}

/** One line for all surfaces that are fresh, and one for each that is not. */
function checkAges(dir: string, published: readonly SurfaceReading[]): Check[] {
  const lines = linesOf('staleness');
  const fresh = published.filter(({ state }) => state === 'fresh' || state === 'skewed');
  const others = published.flatMap(({ surface, state, age_s, findings }) => {
    const reason = findings.find(({ level }) => level === 'error');
    const show = `hedge-telemetry show ${surface} --dir ${shellPath(dir)}`;
    if (state === 'stale') {
      const limit = registry[surface].staleAfterSeconds;
      const why = age_s === null ? 'tells no time' : `${ageText(age_s)} old, at most ${limit ?? '-'} s are expected`;
      return [lines.warning(surface, why, `look at the process that writes it, then: ${show}`)];
    }
    return fresh.some((each) => each.surface === surface)
      ? []
      : [lines.failed(surface, reason?.message ?? state, show)];
  });
  return fresh.length === 0 ? others : [lines.ok(null, `${fresh.length} surfaces are not stale`), ...others];
}

function checkMissing(published: readonly SurfaceReading[]): Check[] {
  const missing = stateNames.filter((name) => !published.some(({ surface }) => surface === name));
  if (missing.length === 0) return [];
  return [linesOf('staleness').skipped(null, `never published: ${missing.join(', ')}`)];
}

/** A time that a document or record tells, in seconds since 1970. */
interface Told {
  readonly subject: string;
  readonly time: number;
}

const SKEW_S = 1;

function checkSkew(told: readonly Told[], now: number): Check[] {
  const lines = linesOf('clock-skew');
  const ahead = told.filter(({ time }) => time > now + SKEW_S);
  if (ahead.length > 0)
    return ahead.map(({ subject, time }) =>
      lines.failed(subject, `its timestamp lies ${ageText(time - now)} in the future`, 'timedatectl timesync-status'),
    );
  const [newest] = told.toSorted((one, other) => other.time - one.time);
  return newest === undefined
    ? [lines.skipped(null, 'no document tells a time')]
    : [lines.ok(newest.subject, `the newest timestamp is ${ageText(now - newest.time)} old`)];
}

function timesOf({ surface, timestamp }: SurfaceReading): Told[] {
  return timestamp === null ? [] : [{ subject: surface, time: timestamp }];
}

function recordTime({ ledger, entry }: LastRecord): Told[] {
  const time = entry.record === null ? null : documentTime(registry[ledger], entry.record);
  return time === null ? [] : [{ subject: ledger, time }];
}

/** Versions and dialects that are met, against the one that this installation has. */
function checkDrift(dir: string, published: readonly SurfaceReading[], records: readonly LastRecord[]): Check[] {
  const lines = linesOf('schema-drift');
  const met = [...published, ...records.map(({ ledger, entry }) => ({ ...entry, surface: ledger }))];
  const drifted = met.flatMap(({ surface, dialect, findings }) => {
    const newer = findings.find(({ rule }) => rule === 'version-unknown');
    const keys = findings.filter(({ rule }) => rule === 'undeclared-field').map(({ pointer }) => pointer ?? '');
    const { kind, version, schemaTag } = registry[surface];
    const migrate = `hedge-telemetry migrate ${shellPath(dir)} --to latest --out ${shellPath(`${dir}.migrated`)}`;
    if (newer !== undefined)
      return [
        lines.failed(
          surface,
          `names ${newer.actual ?? 'another version'}, this installation knows ${schemaTag}`,
          'npm install @hedge-telemetry/cli@latest',
        ),
      ];
    if (dialect !== null && dialect !== 'canonical')
      return [
        lines.warning(
          surface,
          `is in ${dialect}, the contract is at ${version}; it is read by migration`,
          kind === 'state' ? migrate : 'move the writer of the ledger to the canonical shape',
        ),
      ];
    if (keys.length > 0)
      return [
        lines.warning(
          surface,
          `holds undeclared keys: ${keys.slice(0, 5).join(', ')}`,
          `hedge-telemetry schema usage ${shellPath(dir)}`,
        ),
      ];
    return [];
  });
  if (met.length === 0) return [lines.skipped(null, 'there is no document or record')];
  return drifted.length > 0
    ? drifted
    : [lines.ok(null, `${met.length} surfaces and ledgers are of the expected versions`)];
}
