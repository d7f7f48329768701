import type { SurfaceEntry } from '@hedge-telemetry/contract';

/** JSON leaves these raw, and many a line splitter takes them for the end of a line. */
const LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/** The text of a document or record: JSON on one line, with its newline. */
export function lineOf({ kind }: SurfaceEntry, value: unknown): string {
  const text = JSON.stringify(value);
  return `${kind === 'ledger' ? text.replace(LINE_BREAKS, escaped) : text}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
