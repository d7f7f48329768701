import { hashOf } from '../model/route.js';
import { ledgerStore, surfaceStore } from '../model/surfaces.js';
import type { LedgerView } from '../model/surfaces.js';
import { Age } from './age.js';
import { StateMark } from './state-mark.js';
import { useStore } from './use-store.js';

/** Name, state and age of a state surface; leads to everything that is known of it. */
export function SurfaceChip({ name }: { readonly name: string }) {
  const view = useStore(surfaceStore(name));
  return (
    <a class="chip" href={hashOf({ view: 'surface', name })} data-surface={name} data-state={view?.state ?? 'waiting'}>
      <span class="chip-name">{name}</span>
      {view === null ? <span class="mute">waiting</span> : <StateMark state={view.state} />}
      {view === null || view.surface.timestamp === null ? null : <Age timestamp={view.surface.timestamp} />}
    </a>
  );
}

/** Name, state and age of a ledger. */
export function LedgerChip({ name }: { readonly name: string }) {
  const view = useStore(ledgerStore(name));
  return (
    <a
      class="chip"
      href={hashOf({ view: 'events', query: { ledger: name } })}
      data-ledger={name}
      data-state={view?.state ?? 'waiting'}
    >
      <span class="chip-name">{name}</span>
      {view === null ? (
        <span class="mute">waiting</span>
      ) : isQuiet(view) ? (
        <span class="mute">last line</span>
      ) : (
        <StateMark state={view.state} />
      )}
      {view === null || view.ledger.timestamp === null ? null : <Age timestamp={view.ledger.timestamp} />}
    </a>
  );
}

/** Silence is normal for such a ledger: its newest line is neither fresh nor stale. */
function isQuiet({ state, ledger }: LedgerView): boolean {
  return state === 'fresh' && ledger.stale_after_s === null;
}
