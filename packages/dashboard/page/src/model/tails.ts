import type { ApiEntry } from '../../../src/api/types.js';
import { createStore } from './store.js';
import type { Store } from './store.js';

/** The newest lines of a ledger, oldest first. */
export interface Tail {
  readonly entries: readonly ApiEntry[];
  /** `before` of the page that precedes them; null where nothing precedes, undefined until the first page is loaded. */
  readonly previous: string | null | undefined;
  /** Why the last page could not be loaded. */
  readonly trouble: string | null;
  /** Lines that came by the stream since the first page. */
  readonly arrived: number;
}

/** Lines that are kept of a ledger; the oldest give way. */
const MAX_ENTRIES = 5_000;
const EMPTY: Tail = { entries: [], previous: undefined, trouble: null, arrived: 0 };
const tails = new Map<string, Store<Tail>>();

/** The store of the newest lines of a ledger. */
export function tailStore(ledger: string): Store<Tail> {
  const known = tails.get(ledger);
  if (known !== undefined) return known;
  const made = createStore<Tail>(EMPTY);
  tails.set(ledger, made);
  return made;
}

/** Adds lines that the stream brought; a line that is there already is not added again. */
export function appendToTail(ledger: string, entries: readonly ApiEntry[]): void {
  tailStore(ledger).update((tail) => {
    const recent = new Set(tail.entries.slice(-entries.length - 500).map(({ id }) => id));
    const added = entries.filter(({ id }) => !recent.has(id));
    if (added.length === 0) return tail;
    const all = [...tail.entries, ...added];
    const dropped = Math.max(0, all.length - MAX_ENTRIES);
    const first = all[dropped];
    return {
      ...tail,
      entries: dropped === 0 ? all : all.slice(dropped),
      previous: dropped === 0 || first === undefined ? tail.previous : first.id,
      arrived: tail.arrived + added.length,
    };
  });
}

/** Puts a page of history before what is there. */
export function prependToTail(ledger: string, entries: readonly ApiEntry[], previous: string | null): void {
  tailStore(ledger).update((tail) => {
    const there = new Set(tail.entries.map(({ id }) => id));
    return {
      ...tail,
      entries: [...entries.filter(({ id }) => !there.has(id)), ...tail.entries],
      previous,
      trouble: null,
    };
  });
}

/** Notes that a page could not be loaded. */
export function noteTailTrouble(ledger: string, trouble: string): void {
  tailStore(ledger).update((tail) => ({ ...tail, trouble }));
}

/** Forgets the lines of a ledger. */
export function clearTail(ledger: string): void {
  tailStore(ledger).set(EMPTY);
}
