import { duration, fixed } from '../model/format.js';
import { stateWords } from '../model/states.js';
import { contract, surfaceStore } from '../model/surfaces.js';
import { SchemaView } from '../schema/schema-view.js';
import { FindingList } from '../ui/finding-list.js';
import { Panel } from '../ui/panel.js';
import { StateMark } from '../ui/state-mark.js';
import { useStore } from '../ui/use-store.js';
import { Facts } from './facts.js';
import { LedgerPanel } from './ledger-panel.js';
import { Quarantine } from './quarantine.js';

/** Everything that is known of one surface. */
export function SurfacePanel({ name }: { readonly name: string }) {
  const entry = useStore(contract).get(name);
  const view = useStore(surfaceStore(name));
  if (entry?.kind === 'ledger') return <LedgerPanel entry={entry} />;
  if (entry === undefined) {
    return (
      <Panel id="surface" title="Surface">
        <p class="notice">The contract, as far as it is loaded, has no surface of this name: {name}</p>
      </Panel>
    );
  }
  const { description, file, owner, writer, cadence, stale_after_s, version, status } = entry;
  const facts: readonly (readonly [string, string])[] = [
    ['file', file],
    ['owner', owner],
    ['written', `${writer} ${cadence}`],
    ['stale after', stale_after_s === null ? 'never: silence is normal' : duration(stale_after_s)],
    ['version expected', `${version}, ${status}`],
    ['version seen', view?.surface.version_seen ?? 'no tag'],
    ['dialect', view?.surface.dialect ?? 'not recognised'],
    ['findings', view === null ? 'waiting' : fixed(view.surface.finding_count, 0)],
  ];
  return (
    <>
      <Panel id="surface" title={name} surfaces={[name]}>
        <p class="lead">{description}</p>
        {view === null ? null : (
          <p class="lead">
            <StateMark state={view.state} /> {stateWords[view.state].meaning}
          </p>
        )}
        <Facts facts={facts} />
        <FindingList findings={view?.surface.findings ?? []} />
        <Quarantine quarantine={view?.surface.quarantine ?? null} />
      </Panel>
      <Panel id="surface-fields" title="Fields" surfaces={[name]}>
        <SchemaView surface={name} />
      </Panel>
    </>
  );
}
