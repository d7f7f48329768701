import { join } from 'node:path';
import { interpret, parseJson } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { readRegular } from '@hedge-telemetry/reader';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import type { PlacedEntry } from './history.js';

/** Where executors without a `nav_history` ledger keep their equity curve: an array of points. */
export const NAV_LOG = 'nav_log.json';
const LEDGER = 'nav_history';
/** Stands for the first line of a ledger, which an array does not have. */
const GENERATION = 'a000000000000000';

/** The items of the array that stands for `nav_history`, as if they were lines of it. Empty where it cannot be read. */
export async function navLogEntries(dir: string): Promise<PlacedEntry[]> {
  const read = await readRegular(join(dir, NAV_LOG), dir);
  const parsed = read.ok ? parseJson(read.bytes) : null;
  if (parsed?.ok !== true || !Array.isArray(parsed.value)) return [];
  return parsed.value.map((item: unknown, index) => ({ generation: GENERATION, entry: entryOf(item, index) }));
}

/** True where a file that is shown for a ledger is the array that stands for it. */
export function isNavLog(ledger: LedgerName, file: string): boolean {
  return ledger === LEDGER && file === NAV_LOG;
}

function entryOf(item: unknown, index: number): LedgerEntry<'nav_history'> {
  const { document, dialect, version, findings } = interpret(LEDGER, item);
  const raw = document === null ? JSON.stringify(item) : null;
  return {
    ledger: LEDGER,
    line: index + 1,
    offset: index,
    end: index + 1,
    record: document,
    raw,
    dialect,
    version,
    findings,
  };
}
