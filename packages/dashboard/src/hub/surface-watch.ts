import { join } from 'node:path';
import { contentAge, documentTime, freshUntil, registry } from '@hedge-telemetry/contract';
import type { StateName } from '@hedge-telemetry/contract';
import type { Reader, SurfaceReading } from '@hedge-telemetry/reader';
import { lookAt } from './file-look.js';
import type { FileLook } from './file-look.js';

/** The newest reading of a state surface, read again only when its file changed or its state is due to change. */
export interface SurfaceWatch {
  readonly surface: StateName;
  /** True where there is a new reading. */
  look(now: number, isCompanionChanged: boolean): Promise<boolean>;
  /** Null before the first look. */
  reading(): SurfaceReading | null;
  /** Server clock of the reading. */
  readAt(): number;
}

/** Watches the file of a state surface. `count` is called for every time that the file is read. */
export function watchSurface(dir: string, surface: StateName, reader: Reader, count: () => void): SurfaceWatch {
  const path = join(dir, registry[surface].file);
  let last: FileLook | null = null;
  let reading: SurfaceReading | null = null;
  let readAt = 0;
  let due = Infinity;

  return {
    surface,
    reading: () => reading,
    readAt: () => readAt,
    look: async (now, isCompanionChanged) => {
      const seen = await lookAt(path);
      const isSame = last !== null && last.key === seen.key && !last.isRacy;
      const isDated = reading === null || !isCompanionChanged || hasOwnTime(reading);
      if (isSame && now <= due && isDated) return false;
      last = seen;
      count();
      reading = await reader.read(surface);
      readAt = now;
      due = dueOf(reading, now);
      return true;
    },
  };
}

/** When the state of a reading, or of its fields, changes although its file does not, in seconds since 1970. */
function dueOf({ surface, timestamp, age_s, value }: SurfaceReading, now: number): number {
  const entry = registry[surface];
  if (age_s === null) return Infinity;
  return freshUntil(
    { time: timestamp, contentAge: contentAge(entry, value), staleAfter: entry.staleAfterSeconds },
    now,
  );
}

function hasOwnTime({ surface, value }: SurfaceReading): boolean {
  return documentTime(registry[surface], value) !== null;
}
