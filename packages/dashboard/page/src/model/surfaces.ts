import type { ReadingState } from '@hedge-telemetry/contract';
import type { ApiContractEntry, ApiLedger, ApiStatus, ApiSurface } from '../../../src/api/types.js';
import { mirrorState } from '../../../src/view/mirror.js';
import { second, serverNow } from './clock.js';
import { freshnessAt, stateAt } from './freshness.js';
import type { Freshness } from './reading.js';
import { worst } from './states.js';
import { createStore } from './store.js';
import type { Store } from './store.js';

/** A state surface with what its age makes of it right now. */
export interface SurfaceView {
  readonly surface: ApiSurface;
  /** State of the document as a whole. */
  readonly state: ReadingState;
  /** What every known field has. */
  readonly known: Freshness['state'];
}

/** A ledger with what its age makes of it right now. */
export interface LedgerView {
  readonly ledger: ApiLedger;
  readonly state: ReadingState;
}

export const status = createStore<ApiStatus | null>(null);
/** What the contract says, by name; empty until it is loaded. */
export const contract = createStore<ReadonlyMap<string, ApiContractEntry>>(new Map());
/** The least trustworthy state of all state surfaces, of ledgers that cannot be read, and of the mirror; null until a surface is known. */
export const worstState = createStore<ReadingState | null>(null);

/** Redraws that nobody could read are not made. */
const REDRAW_MS = 100;

const waiting = new Map<string, ApiSurface>();
let redraw: ReturnType<typeof setTimeout> | null = null;
const surfaces = new Map<string, Store<SurfaceView | null>>();
const ledgers = new Map<string, Store<LedgerView | null>>();

/** The store of one state surface; it holds null until the server has sent it. */
export function surfaceStore(name: string): Store<SurfaceView | null> {
  return storeOf(surfaces, name);
}

/** The store of one ledger. */
export function ledgerStore(name: string): Store<LedgerView | null> {
  return storeOf(ledgers, name);
}

/** Takes a surface that the server sent; what is shown of it changes at most every `REDRAW_MS`, then to the newest. */
export function takeSurface(surface: ApiSurface): void {
  waiting.set(surface.name, surface);
  redraw ??= setTimeout(showWaiting, worstState.get() === null ? 0 : REDRAW_MS);
}

/** Takes how a ledger stands. */
export function takeLedger(ledger: ApiLedger): void {
  ledgerStore(ledger.name).set({ ledger, state: stateAt(ledger, serverNow()) });
}

second.watch(() => {
  const now = serverNow();
  for (const store of surfaces.values()) {
    const view = store.get();
    if (view === null) continue;
    const state = stateAt(view.surface, now);
    const known = freshnessAt(view.surface, now).state;
    if (state !== view.state || known !== view.known) store.set({ ...view, state, known });
  }
  for (const store of ledgers.values()) {
    const view = store.get();
    if (view === null) continue;
    const state = stateAt(view.ledger, now);
    if (state !== view.state) store.set({ ...view, state });
  }
  judgeWorst();
});

function showWaiting(): void {
  redraw = null;
  const now = serverNow();
  for (const surface of waiting.values()) {
    const known = freshnessAt(surface, now).state;
    surfaceStore(surface.name).set({ surface, state: stateAt(surface, now), known });
  }
  waiting.clear();
  judgeWorst();
}

function judgeWorst(): void {
  const states = [...surfaces.values()].flatMap((store) => store.get()?.state ?? []);
  if (states.length === 0) return;
  const unreadable = [...ledgers.values()].flatMap((store) =>
    store.get()?.state === 'unreadable' ? 'unreadable' : [],
  );
  const mirror = status.get()?.mirror ?? null;
  worstState.set(worst([...states, ...unreadable, ...(mirror === null ? [] : [mirrorState(mirror, serverNow())])]));
}

function storeOf<T>(stores: Map<string, Store<T | null>>, name: string): Store<T | null> {
  const known = stores.get(name);
  if (known !== undefined) return known;
  const made = createStore<T | null>(null);
  stores.set(name, made);
  return made;
}
