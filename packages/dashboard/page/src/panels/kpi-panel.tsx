import { Panel } from '../ui/panel.js';
import { KpiTiles } from './kpi-tiles.js';
import { SchemaSection } from '../schema/schema-section.js';

/** Key figures, each with the window that it is measured over and how much of that window the data covers. */
export function KpiPanel({ isFull = false }: { readonly isFull?: boolean }) {
  return (
    <Panel
      id="kpis"
      title="Key figures"
      surfaces={['kpis_v7', 'expectancy_v6', 'router_health']}
      ledgers={isFull ? ['nav_history'] : []}
    >
      <KpiTiles />
      {isFull ? <SchemaSection surface="kpis_v7" path={['symbols']} title="Symbols" /> : null}
    </Panel>
  );
}
