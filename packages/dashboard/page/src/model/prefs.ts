import { createStore } from './store.js';
import type { Range, Zone } from './time.js';
import { ranges } from './time.js';

/** What the operator chose; kept in the browser. */
export interface Preferences {
  readonly theme: 'system' | 'dark' | 'light';
  /** safe: blue, yellow, vermillion. classic: green, yellow, red. */
  readonly palette: 'safe' | 'classic';
  readonly zone: Zone;
  readonly range: Range;
}

const KEY = 'hedge-telemetry';
const defaults: Preferences = { theme: 'system', palette: 'safe', zone: 'utc', range: '1h' };
const allowed: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  theme: ['system', 'dark', 'light'],
  palette: ['safe', 'classic'],
  zone: ['utc', 'local'],
  range: ranges,
};

export const preferences = createStore<Preferences>(load());

preferences.watch(() => {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()));
  } catch {
    // A browser that stores nothing keeps the choice for this visit.
  }
  applyPreferences();
});

/** Changes some of the preferences. */
export function prefer(change: Partial<Preferences>): void {
  preferences.update((current) => ({ ...current, ...change }));
}

/** Puts theme and palette on the document, where the style sheet looks for them. */
export function applyPreferences(): void {
  const { theme, palette } = preferences.get();
  const isDark = theme === 'system' ? !matchMedia('(prefers-color-scheme: light)').matches : theme === 'dark';
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  document.documentElement.dataset['palette'] = palette;
}

function load(): Preferences {
  const stored = storedObject();
  return {
    theme: choice('theme', stored),
    palette: choice('palette', stored),
    zone: choice('zone', stored),
    range: choice('range', stored),
  };
}

function choice<K extends keyof Preferences>(key: K, stored: Record<string, unknown>): Preferences[K] {
  return allowed[key].find((each) => each === stored[key]) ?? defaults[key];
}

function storedObject(): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
