import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { escapedBreaks } from '@hedge-telemetry/contract/encoding';

/** The text of a document or record: JSON on one line, with its newline. */
export function lineOf({ kind }: SurfaceEntry, value: unknown): string {
  const text = JSON.stringify(value);
  return `${kind === 'ledger' ? escapedBreaks(text) : text}\n`;
}
