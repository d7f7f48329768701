import { createSearch } from '../src/search/engine.js';
import type { Search } from '../src/search/engine.js';
import { INDEX_FILE, INDEX_GLOBAL } from '../src/search/entry.js';
import type { Entry } from '../src/search/entry.js';

let loading: Promise<Search> | null = null;

/** Loads the index once, when it is first needed; a load that failed is tried again by the next call. */
export function loadSearch(root: string): Promise<Search> {
  loading ??= loadScript(root + INDEX_FILE)
    .then(() => createSearch((globalThis as unknown as Record<string, Entry[]>)[INDEX_GLOBAL] ?? []))
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** As a classic script: a page that was opened from disk may not fetch. */
function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`${address} cannot be loaded`)));
    document.head.append(script);
  });
}
