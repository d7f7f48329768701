import type { Span } from '../span.js';
import { bip39Words } from './bip39-english.js';

/** The shortest seed phrase of BIP-39. */
export const SHORTEST_PHRASE = 12;
/** One word again and again is no phrase; that of a test may be made of two. */
const DISTINCT = 2;

/**
 * Finds runs of twelve or more words of the BIP-39 list, whatever single separator stands between them. The checksum is
 * not asked for: a phrase with one word mistyped is as telling.
 */
export function detectMnemonics(text: string, spans: Span[]): void {
  const word = /[A-Za-z]+/g;
  const distinct = new Set<string>();
  let count = 0;
  let start = 0;
  let end = 0;
  const close = (): void => {
    if (count >= SHORTEST_PHRASE && distinct.size >= DISTINCT) spans.push({ start, end, kind: 'mnemonic' });
    count = 0;
    distinct.clear();
  };
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const known = match[0].length <= 8 && bip39Words.has(match[0].toLowerCase());
    if (!known || (count > 0 && !isSeparator(text, end, match.index))) close();
    if (!known) continue;
    if (count === 0) start = match.index;
    count += 1;
    if (distinct.size < DISTINCT) distinct.add(match[0].toLowerCase());
    end = match.index + match[0].length;
  }
  close();
}

/** True for the items of a list that spells a seed phrase word by word. */
export function isPhrase(items: readonly unknown[]): boolean {
  return (
    items.length >= SHORTEST_PHRASE &&
    items.length <= 24 &&
    items.every((item) => typeof item === 'string' && bip39Words.has(item.toLowerCase())) &&
    new Set(items).size >= DISTINCT
  );
}

function isSeparator(text: string, from: number, to: number): boolean {
  return to - from <= 8 && /^[\s,;|+_-]*(?:["'][,\s]*["'])?(?:\d{1,2}[.):]?\s?)?$/.test(text.slice(from, to));
}
