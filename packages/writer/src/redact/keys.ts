import type { RedactionFinding } from './kinds.js';
import { SCAN_MARGIN } from './limits.js';
import type { Limits } from './limits.js';
import { classifyName, PLAIN } from './names/classify.js';
import type { NameClass } from './names/classify.js';
import { scrub } from './scrub.js';
import type { ScrubContext } from './scrub.js';
import { bounded, wellFormed } from './text.js';

/** What stands for a secret in a key says nothing of the value. */
const MARKER = /\[redacted:[a-z-]{1,40}\](?:~\d+)?/g;
const MOST_KNOWN = 4096;
const LONGEST_KNOWN = 64;

/** What is known of a map key: how it is written, what it says of its value, and what was found in it. */
export interface KnownKey {
  readonly text: string;
  readonly name: NameClass;
  /** True for an index; the value then belongs to the name above. */
  readonly indexed: boolean;
  readonly found: readonly RedactionFinding['kind'][];
}

/** Judges a key; short ones are remembered. */
export type KeyTable = (key: string) => KnownKey;

/** A table of the keys seen, at most 4,096 of them. */
export function keyTable(context: ScrubContext, limits: Limits): KeyTable {
  const known = new Map<string, KnownKey>();
  return (key) => {
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const judged = judge(key, context, limits);
    if (key.length > LONGEST_KNOWN) return judged;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, judged);
    return judged;
  };
}

function judge(key: string, context: ScrubContext, limits: Limits): KnownKey {
  const { spans, surrogates } = scrub(key.slice(0, limits.key + SCAN_MARGIN), PLAIN, context);
  const short = bounded(key, spans, limits.key);
  const text = surrogates || short !== key ? wellFormed(short) : key;
  const found: RedactionFinding['kind'][] = spans.map(({ kind }) => kind);
  if (key.length > limits.key) found.push('cut-key');
  if (text !== short) found.push('lone-surrogate');
  if (key === '__proto__') found.push('proto-key');
  return { text, name: classifyName(text.replace(MARKER, ' ')), indexed: /^\d{1,9}$/.test(key), found };
}
