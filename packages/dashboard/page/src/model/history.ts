import { fetchEntries } from './api.js';
import { clearTail, noteTailTrouble, prependToTail, tailStore } from './tails.js';

/** Where the stream took a ledger over from its history; another one each time that it begins anew. */
interface Start {
  readonly position: string;
  isLoading: boolean;
}

const PAGE = 200;
const RETRY_MS = 5_000;
const GONE = 'They are in no file of the ledger any more.';
const starts = new Map<string, Start>();

/** The stream of a ledger begins at a position: what was held is dropped, and the newest page before it is loaded. */
export function beginHistory(ledger: string, position: string): void {
  clearTail(ledger);
  starts.set(ledger, { position, isLoading: false });
  void loadOlder(ledger);
}

/** Loads the page of lines before those that are there; tries again by itself until the first page is there. */
export async function loadOlder(ledger: string): Promise<void> {
  const start = starts.get(ledger);
  const { previous } = tailStore(ledger).get();
  if (start === undefined || start.isLoading || previous === null) return;
  start.isLoading = true;
  try {
    const page = await fetchEntries(ledger, { before: previous ?? start.position, limit: PAGE });
    if (starts.get(ledger) !== start) return;
    prependToTail(ledger, page.entries, page.previous);
    if (page.gone) noteTailTrouble(ledger, GONE);
  } catch (error) {
    if (starts.get(ledger) !== start) return;
    noteTailTrouble(ledger, error instanceof Error ? error.message : String(error));
    if (previous === undefined) setTimeout(() => starts.get(ledger) === start && void loadOlder(ledger), RETRY_MS);
  } finally {
    start.isLoading = false;
  }
}

/** Loads what could not be loaded while there was no connection. */
export function loadMissingHistory(): void {
  for (const ledger of starts.keys()) if (tailStore(ledger).get().previous === undefined) void loadOlder(ledger);
}
