import MiniSearch from 'minisearch';
import type { SearchOptions } from 'minisearch';
import type { Entry } from './entry.js';
import { wordsOf, wordsWithMeanings } from './words.js';

/** Finds entries. */
export type Search = (query: string, limit: number) => Entry[];

const FIELDS = ['title', 'aliases', 'unit', 'page', 'text', 'more'] as const;

const RANKING: SearchOptions = {
  boost: { title: 5, aliases: 4, unit: 1.5, page: 0.5, more: 0.5 },
  // Endings may be missing.
  prefix: (word) => word.length > 1,
  weights: { prefix: 0.4, fuzzy: 0.2 },
};

/** One letter in five may be another. */
const FORGIVING: SearchOptions = { fuzzy: (word) => (word.length > 3 ? 0.2 : false) };

/** What is tried until something is found: every word, every word or one like it, any word. */
const ATTEMPTS: readonly SearchOptions[] = [{ combineWith: 'AND' }, { ...FORGIVING, combineWith: 'AND' }, FORGIVING];

/** How much a kind of entry weighs where words alone do not decide. */
const WEIGHTS: Readonly<Record<string, number>> = { Rule: 1.6, Surface: 1.4, Ledger: 1.4, Field: 1.2, Section: 0.7 };

/** Makes the search over entries. */
export function createSearch(entries: readonly Entry[]): Search {
  const index = new MiniSearch<Entry & { readonly id: number }>({
    fields: [...FIELDS],
    tokenize: wordsWithMeanings,
    processTerm: (word) => word,
    searchOptions: {
      ...RANKING,
      tokenize: wordsOf,
      boostDocument: (id) => WEIGHTS[entries[Number(id)]?.kind ?? ''] ?? 1,
    },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return (query, limit) => {
    const found = firstFound(ATTEMPTS.map((options) => () => index.search(query, options)));
    const name = query.trim().toLowerCase();
    const ranked = found.flatMap(({ id }) => entries[Number(id)] ?? []);
    return ranked.toSorted((one, other) => distance(one, name) - distance(other, name)).slice(0, limit);
  };
}

function firstFound<T>(attempts: readonly (() => readonly T[])[]): readonly T[] {
  for (const attempt of attempts) {
    const found = attempt();
    if (found.length > 0) return found;
  }
  return [];
}

/** 0 for what is called so, 1 for what is at the end of a path or in a dialect, 2 for anything else. */
function distance({ title, aliases }: Entry, name: string): number {
  if (title.toLowerCase() === name) return 0;
  const names = [title, ...aliases.split(', ')].map((each) => each.toLowerCase());
  return names.some((each) => each === name || each.endsWith(`.${name}`)) ? 1 : 2;
}
