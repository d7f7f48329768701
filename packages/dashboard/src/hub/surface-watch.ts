import { join } from 'node:path';
import { documentTime, registry } from '@hedge-telemetry/contract';
import type { StateName } from '@hedge-telemetry/contract';
import type { Reader, SurfaceReading } from '@hedge-telemetry/reader';
import { contentAge } from '../api/surface.js';
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

/** Clocks may disagree by this much before a time counts as lying in the future, in seconds. */
const TOLERANCE_S = 1;

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
      due = dueOf(reading);
      return true;
    },
  };
}

/** When the state of a reading, or of its fields, changes although its file does not, in seconds since 1970. */
function dueOf({ surface, timestamp, age_s, value }: SurfaceReading): number {
  const limit = registry[surface].staleAfterSeconds;
  if (timestamp === null || age_s === null) return Infinity;
  if (age_s < -TOLERANCE_S) return timestamp - TOLERANCE_S;
  const content = contentAge(surface, value);
  return limit !== null && age_s + content <= limit ? timestamp + limit - content : Infinity;
}

function hasOwnTime({ surface, value }: SurfaceReading): boolean {
  return documentTime(registry[surface], value) !== null;
}
