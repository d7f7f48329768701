import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ledgerNames, registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { LedgerEntry } from '@hedge-telemetry/reader';

/** The last complete line of a ledger. */
export interface LastRecord {
  readonly ledger: LedgerName;
  readonly entry: LedgerEntry;
}

/** How much of the end of a ledger is read, in bytes. */
const END_BYTES = 256 * 1024;

/** The last complete line of every ledger that has one; only the end of the files is read. */
export async function lastRecords(dir: string): Promise<LastRecord[]> {
  const found = await Promise.all(ledgerNames.map((ledger) => lastRecord(dir, ledger)));
  return found.filter((each) => each !== null);
}

async function lastRecord(dir: string, ledger: LedgerName): Promise<LastRecord | null> {
  const size = await stat(join(dir, registry[ledger].file)).then(
    (stats) => stats.size,
    () => 0,
  );
  const from = Math.max(0, size - END_BYTES);
  let last: LedgerEntry | null = null;
  let isFirst = from > 0;
  for await (const entry of createReader({ dir }).tail<LedgerName>(ledger, { from })) {
    const isComplete = entry.end > entry.offset && !entry.findings.some(({ rule }) => rule === 'line-unterminated');
    if (isComplete && !isFirst) last = entry;
    isFirst = false;
  }
  return last === null ? null : { ledger, entry: last };
}
