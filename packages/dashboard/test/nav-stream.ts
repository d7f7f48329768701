import type { StreamReader } from './event-stream.js';

/** What a stream brought of nav_history, as the numbers of its lines (`navLine`); null for a line that is not understood. */
export function numbersOf(reader: StreamReader): unknown[] {
  return reader
    .entries('nav_history')
    .map(({ record }) => (record as { nav_total: unknown } | null)?.nav_total ?? null);
}

/** Resolves when a stream has brought a line. */
export async function seen(reader: StreamReader, number: number): Promise<void> {
  await reader.next('ledger', ({ entries }) =>
    entries.some(({ record }) => (record as { nav_total?: unknown } | null)?.nav_total === number),
  );
}
