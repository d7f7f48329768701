import { valueAt } from '@hedge-telemetry/contract';
import type { AgeSource, Interpretation, StateName } from '@hedge-telemetry/contract';

/** Another surface of the same loop, which tells the time of a document that holds none itself. */
export type CompanionSource = NonNullable<AgeSource['companion']>;

/**
 * The time that a companion gives to a document without one, in seconds since 1970. Null unless the companion holds the
 * same rows: another loop's timestamp must not make an old document look fresh.
 */
export function companionTime(
  source: CompanionSource,
  document: unknown,
  companion: Interpretation<StateName>,
): number | null {
  if (companion.document === null || !isSameRows(document, valueAt(companion.document, source.rows))) return null;
  const time = valueAt(companion.document, source.pointer);
  return typeof time === 'number' ? time : null;
}

function isSameRows(rows: unknown, others: unknown): boolean {
  if (!Array.isArray(rows) || !Array.isArray(others) || rows.length !== others.length) return false;
  return rows.every((row, index) => identity(row) === identity(others[index]));
}

function identity(row: unknown): string {
  return JSON.stringify(['/symbol', '/side', '/qty'].map((pointer) => valueAt(row, pointer) ?? null));
}
