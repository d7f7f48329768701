/** Smallest canonical documents, and the files they belong in. */
export const SHADOW_HEAD = 'state/pipeline_v6_shadow_head.json';
export const POSITIONS = 'state/positions.json';
export const NAV_HISTORY = 'execution/nav_history.jsonl';
export const EVENTS = 'execution/events.jsonl';

/** Time of the sample documents, in seconds since 1970. */
export const T0 = 1_765_000_000;

export function shadowHead(generatedTs: number | null, total = 3): string {
  return JSON.stringify({ total, allowed: 2, vetoed: 1, generated_ts: generatedTs });
}

/** Position rows as [symbol, updated_ts]. */
export function positions(...rows: (readonly [string, number])[]): string {
  return JSON.stringify(
    rows.map(([symbol, updatedTs]) => ({
      symbol,
      qty: 1,
      entryPrice: 100,
      mark_price: 101,
      leverage: 2,
      side: 'LONG',
      updated_ts: updatedTs,
    })),
  );
}

/** One record of nav_history, with its newline. `width` pads it to about that many bytes. */
export function navLine(index: number, width = 0): string {
  const record = JSON.stringify({ ts: T0 + index, nav_total: 1000 + index });
  const padding = Math.max(0, width - record.length - 10);
  return padding === 0 ? `${record}\n` : `${record.slice(0, -1)},"pad":"${'x'.repeat(padding)}"}\n`;
}

/** Records first to last of nav_history. */
export function navLines(first: number, last: number, width = 0): string {
  return Array.from({ length: last - first + 1 }, (_, index) => navLine(first + index, width)).join('');
}
