import { INDEX_GLOBAL } from './entry.js';
import type { Entry } from './entry.js';

/** The index as a classic script: pages that were opened from disk may load one, and nothing else. */
export function indexScript(entries: readonly Entry[]): string {
  const rows = entries.map(literal);
  return `globalThis.${INDEX_GLOBAL} = [\n${rows.join(',\n')}\n];\n`;
}

function literal(entry: Entry): string {
  return JSON.stringify(entry).replace(
    /[<\u2028\u2029]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
