import { contract } from '../model/surfaces.js';
import { SchemaView } from '../schema/schema-view.js';
import { Panel } from '../ui/panel.js';
import { useStore } from '../ui/use-store.js';

/** Surfaces that a view of their own shows. */
const shownElsewhere = new Set(['nav', 'nav_state', 'positions', 'risk_snapshot', 'router_health', 'kpis_v7']);
/** The ones that are asked for most come first; any other follows by name. */
const first = [
  'expectancy_v6',
  'symbol_scores_v6',
  'router_policy_suggestions_v6',
  'risk_allocation_suggestions_v6',
  'pipeline_v6_shadow_head',
  'pipeline_v6_compare_summary',
];

/** Every other state surface of the contract, as a panel made from its schema. */
export function GeneratedPanels() {
  const entries = [...useStore(contract).values()].filter(
    ({ name, kind }) => kind === 'state' && !shownElsewhere.has(name),
  );
  entries.sort((one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1));
  return (
    <>
      {entries.map(({ name, description }) => (
        <Panel key={name} id={`surface-${name}`} title={name.replaceAll('_', ' ')} surfaces={[name]}>
          <p class="lead">{description}</p>
          <SchemaView surface={name} />
        </Panel>
      ))}
    </>
  );
}

function rank(name: string): number {
  const place = first.indexOf(name);
  return place < 0 ? first.length : place;
}
