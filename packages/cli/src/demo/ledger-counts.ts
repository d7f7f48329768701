import { ledgerNames, registry, valueAt } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import type { LedgerEntry, Reader } from '@hedge-telemetry/reader';

/** How many records a ledger holds. */
export interface LedgerCount {
  readonly ledger: LedgerName;
  readonly total: number;
  /** Lines that are no records of the contract. */
  readonly invalid: number;
  /** Records by type, where the ledger has types. */
  readonly byType: Readonly<Record<string, number>>;
}

/** Counts the records of every ledger; each call reads on where the last one stopped. */
export function createLedgerCounter(reader: Reader): () => Promise<LedgerCount[]> {
  const counters = ledgerNames.map((ledger) => createCounter(reader, ledger));
  return () => Promise.all(counters.map((count) => count()));
}

function createCounter(reader: Reader, ledger: LedgerName): () => Promise<LedgerCount> {
  const { tag } = registry[ledger].root;
  const byType = new Map<string, number>();
  let from = 0;
  let total = 0;
  let invalid = 0;

  const add = ({ record }: LedgerEntry): void => {
    total += 1;
    if (record === null) invalid += 1;
    const type = tag === undefined ? undefined : valueAt(record, `/${tag}`);
    if (typeof type === 'string') byType.set(type, (byType.get(type) ?? 0) + 1);
  };
  return async () => {
    for await (const entry of reader.tail<LedgerName>(ledger, { from })) {
      const isComplete = entry.end > entry.offset && !entry.findings.some(({ rule }) => rule === 'line-unterminated');
      if (!isComplete) continue;
      from = entry.end;
      add(entry);
    }
    return { ledger, total, invalid, byType: Object.fromEntries(byType) };
  };
}
