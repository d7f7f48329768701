import { join } from 'node:path';
import { documentTime, judgeAge, registry } from '@hedge-telemetry/contract';
import type { Finding, ReadingState, StateName } from '@hedge-telemetry/contract';
import type { Reader, SurfaceReading } from '@hedge-telemetry/reader';
import { isSettled, lookAt, sameLook } from '@hedge-telemetry/sync';
import type { Look } from '@hedge-telemetry/sync';

/** What a look at a state file found. */
export interface StateLook {
  readonly state: ReadingState;
  readonly age_s: number | null;
  readonly reading: SurfaceReading;
  /** The file is another one than at the last look. */
  readonly isNew: boolean;
  /** Its age is told by another surface, of which the document of the same moment may not have been written yet. */
  readonly isPending: boolean;
  /** What there is to say: of the document where it was read, else of its age. */
  readonly findings: readonly Finding[];
}

/** A file as it was seen last. */
interface Seen {
  readonly look: Look;
  /** A later change could not have looked the same. */
  readonly isSettled: boolean;
}

/** Surfaces of one loop are written within this time, in seconds. */
const COMPANION_S = 2;

/** Makes the look at a state surface. Its file is read only when it has changed; else the document grows older. */
export function watchState(dir: string, surface: StateName, reader: Reader): (now: number) => Promise<StateLook> {
  const entry = registry[surface];
  const { companion } = entry.age;
  const file = join(dir, entry.file);
  const companionFile = companion === undefined ? null : join(dir, registry[companion.surface].file);
  let own: Seen | null = null;
  let other: Seen | null = null;
  let reading: SurfaceReading | null = null;
  let pendingSince: number | null = null;

  const isPending = ({ value, timestamp }: SurfaceReading, now: number): boolean => {
    pendingSince = companion === undefined || value === null || timestamp !== null ? null : (pendingSince ?? now);
    return pendingSince !== null && now - pendingSince < COMPANION_S;
  };
  return async (now) => {
    const before = { own, other };
    own = see(file);
    if (companionFile !== null) other = see(companionFile);
    const isDated = reading !== null && documentTime(entry, reading.value) !== null;
    const mustRead = !isUnchanged(before.own, own) || (!isDated && other !== null && !isUnchanged(before.other, other));
    if (mustRead || reading === null) {
      reading = await reader.read<StateName>(surface);
      const isNew = before.own === null || !sameLook(before.own.look, own.look);
      const { state, age_s, findings } = reading;
      return { state, age_s, reading, isNew, isPending: isPending(reading, now), findings };
    }
    return { ...aged(reading, now), reading, isNew: false, isPending: isPending(reading, now) };
  };
}

/** A reading as it is now, although its file has not changed. */
function aged(reading: SurfaceReading, now: number): Pick<StateLook, 'state' | 'age_s' | 'findings'> {
  const { surface, file, value, timestamp, state } = reading;
  if (value === null) return { state, age_s: timestamp === null ? null : now - timestamp, findings: [] };
  const judged = judgeAge(registry[surface], value, timestamp, now);
  const findings = judged.finding === null ? [] : [{ ...judged.finding, file, surface }];
  return { state: judged.state, age_s: judged.age_s, findings };
}

function see(path: string): Seen {
  const look = lookAt(path);
  return { look, isSettled: isSettled(look) };
}

function isUnchanged(before: Seen | null, after: Seen): boolean {
  return before !== null && before.isSettled && sameLook(before.look, after.look);
}
