import { join } from 'node:path';
import { interpret, parseJson } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { readRegular } from '@hedge-telemetry/reader';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import { lookAt } from '../hub/file-look.js';
import type { LedgerFeed } from '../hub/ledger-feed.js';
import type { PlacedEntry } from './history.js';

/** Where executors without a `nav_history` ledger keep their equity curve. */
const NAV_LOG = 'nav_log.json';
const LEDGER = 'nav_history';
/** Stands for the first line of a ledger, which an array does not have. */
const GENERATION = 'a000000000000000';

/** The file that stands for a ledger that does not exist; null where none does. */
export async function navLogStandsIn(dir: string, feed: LedgerFeed): Promise<string | null> {
  if (feed.ledger !== LEDGER || feed.health().lines > 0 || feed.health().size !== null) return null;
  return (await lookAt(join(dir, NAV_LOG))).size === null ? null : NAV_LOG;
}

/** The items of the array that stands for `nav_history`, as if they were lines of it. Empty where it cannot be read. */
export async function navLogEntries(dir: string): Promise<PlacedEntry[]> {
  const read = await readRegular(join(dir, NAV_LOG), dir);
  const parsed = read.ok ? parseJson(read.bytes) : null;
  if (parsed?.ok !== true || !Array.isArray(parsed.value)) return [];
  return parsed.value.map((item: unknown, index) => ({ generation: GENERATION, entry: entryOf(item, index) }));
}

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
