import { connection } from './stream.js';
import { status, surfaceStore, worstState } from './surfaces.js';
import { stateWords } from './states.js';
import { createStore } from './store.js';
import { isKnown, readingAt } from './reading.js';

/** What the live region says. */
export const announcement = createStore('');

/** Says once what changed: the connection, the worst state and the risk mode. */
export function startAnnouncing(): void {
  sayChanges(connection, ({ state }) => (state === 'live' ? 'Connected.' : state === 'lost' ? 'Connection lost.' : ''));
  sayChanges(worstState, (state) => (state === null ? '' : `Worst state of all surfaces: ${stateWords[state].word}.`));
  sayChanges(surfaceStore('risk_snapshot'), (view) => {
    if (view === null) return '';
    const mode = readingAt(view.surface.readings, ['risk_mode']);
    return `Risk mode ${isKnown(mode) ? String(mode.value) : stateWords[mode.state].word}.`;
  });
  sayChanges(status, (facts) => (facts === null ? '' : `Environment ${facts.environment.name}.`));
}

function sayChanges<T>(store: { get(): T; watch(listener: () => void): () => void }, say: (value: T) => string): void {
  let last = say(store.get());
  store.watch(() => {
    const next = say(store.get());
    if (next === last || next === '') return;
    last = next;
    announcement.set(next);
  });
}
