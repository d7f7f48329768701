import { join } from 'node:path';
import { documentTime, registry, stateNames } from '@hedge-telemetry/contract';
import type { Interpretation, LedgerName, StateName } from '@hedge-telemetry/contract';
import { companionTime } from './companion.js';
import type { LedgerEntry } from './ledger-entry.js';
import { readRegular } from './read-regular.js';
import { interpretBytes, interpretedReading, unknownReading } from './surface-reading.js';
import type { SurfaceReading } from './surface-reading.js';
import { tailFile } from './tail.js';
import type { TailOptions } from './tail.js';

export interface ReaderOptions {
  /** Logs directory or its mirror: state/ and execution/ lie below it. */
  readonly dir: string;
  /** The reader's clock, in seconds since 1970. */
  readonly now?: () => number;
}

/** Reads a logs directory. Nothing that a file holds, or that is wrong with a file, makes it throw. */
export interface Reader {
  /** The current document of a state surface and how far each of its fields can be trusted. */
  read<N extends StateName>(surface: N): Promise<SurfaceReading<N>>;
  /** Every state surface, in the order of the registry. */
  readAll(): Promise<SurfaceReading[]>;
  /** The records of a ledger in file order. A missing file yields nothing. */
  tail<N extends LedgerName>(ledger: N, options?: TailOptions): AsyncIterable<LedgerEntry<N>>;
}

/** Makes a reader of a logs directory. It opens files only when it is asked for something and holds none open. */
export function createReader({ dir, now = () => Date.now() / 1000 }: ReaderOptions): Reader {
  const read = <N extends StateName>(surface: N): Promise<SurfaceReading<N>> => readSurface(dir, surface, now);
  return {
    read,
    readAll: () => Promise.all(stateNames.map((surface) => read<StateName>(surface))),
    tail: (ledger, options) => tailFile(ledger, join(dir, registry[ledger].file), { ...options, root: dir }),
  };
}

async function readSurface<N extends StateName>(
  dir: string,
  surface: N,
  now: () => number,
): Promise<SurfaceReading<N>> {
  const file = join(dir, registry[surface].file);
  const read = await readRegular(file, dir);
  if (!read.ok)
    return unknownReading(surface, read.missing ? 'never' : 'unreadable', read.finding, { file, now: now() });
  const interpreted = interpretBytes(surface, read.bytes);
  if ('rule' in interpreted) return unknownReading(surface, 'unreadable', interpreted, { file, now: now() });
  const time = await timeOf(dir, interpreted);
  return interpretedReading(interpreted, time, { file, now: now() });
}

async function timeOf(dir: string, { surface, candidate }: Interpretation<StateName>): Promise<number | null> {
  const entry = registry[surface];
  const time = documentTime(entry, candidate);
  const source = entry.age.companion;
  if (time !== null || source === undefined || candidate === undefined) return time;
  const read = await readRegular(join(dir, registry[source.surface].file), dir);
  if (!read.ok) return null;
  const companion = interpretBytes(source.surface, read.bytes);
  return 'rule' in companion ? null : companionTime(source, candidate, companion);
}
