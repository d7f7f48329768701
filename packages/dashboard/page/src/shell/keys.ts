import { prefer, preferences } from '../model/prefs.js';
import { go, route, views, viewTitles } from '../model/route.js';
import { ranges } from '../model/time.js';

/** A key and what it does. */
export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
}

/** The keys, as the help lists them. */
export const keyHelp: readonly KeyHelp[] = [
  { keys: '?', does: 'this help' },
  ...views.map((view, index) => ({ keys: String(index + 1), does: viewTitles[view] })),
  { keys: '[ ]', does: 'shorter or longer time range' },
  { keys: 't', does: 'theme: system, dark, light' },
  { keys: 'c', does: 'palette: blue / vermillion or green / red' },
  { keys: 'z', does: 'UTC or local time' },
  { keys: '/', does: 'search the events' },
  { keys: 'p', does: 'events: pause or go on' },
  { keys: '← → Home End', does: 'in a chart: read its points (with Shift in larger steps)' },
  { keys: '↑ ↓ Home End', does: 'in a table: walk its rows; Enter opens one' },
  { keys: 'Esc', does: 'close' },
];

/** Acts on the keys of the page, except while something is typed or a modifier is held. */
export function watchKeys(onHelp: () => void): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = actionOf(event.key, onHelp);
    if (act === null) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

function actionOf(key: string, onHelp: () => void): (() => void) | null {
  const view = views[Number(key) - 1];
  if (view !== undefined) return () => go({ view });
  switch (key) {
    case '?':
      return onHelp;
    case '[':
      return () => changeRange(-1);
    case ']':
      return () => changeRange(1);
    case 't':
      return () => prefer({ theme: next(['system', 'dark', 'light'], preferences.get().theme) });
    case 'c':
      return () => prefer({ palette: next(['safe', 'classic'], preferences.get().palette) });
    case 'z':
      return () => prefer({ zone: next(['utc', 'local'], preferences.get().zone) });
    case '/':
      return searchEvents;
    case 'p':
      return () => document.getElementById('event-pause')?.click();
    default:
      return null;
  }
}

function searchEvents(): void {
  if (route.get().view !== 'events') go({ view: 'events' });
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('event-text')?.focus()));
}

function changeRange(step: number): void {
  const range = ranges[ranges.indexOf(preferences.get().range) + step];
  if (range !== undefined) prefer({ range });
}

function next<T>(values: readonly T[], current: T): T {
  return values[(values.indexOf(current) + 1) % values.length] ?? current;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
  );
}
