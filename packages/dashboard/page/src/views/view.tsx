import { EventsPanel } from '../events/events-panel.js';
import { RecentEvents } from '../events/recent-events.js';
import type { Route } from '../model/route.js';
import { ContractPanel } from '../panels/contract-panel.js';
import { GeneratedPanels } from '../panels/generated-panels.js';
import { KpiPanel } from '../panels/kpi-panel.js';
import { NavPanel } from '../panels/nav-panel.js';
import { PositionsPanel } from '../panels/positions-panel.js';
import { RiskPanel } from '../panels/risk-panel.js';
import { RouterPanel } from '../panels/router-panel.js';
import { SurfacePanel } from '../panels/surface-panel.js';

/** The view that the address names. */
export function View({ route: { view, name } }: { readonly route: Route }) {
  switch (view) {
    case 'nav':
      return <NavPanel isFull />;
    case 'positions':
      return <PositionsPanel />;
    case 'risk':
      return <RiskPanel isFull />;
    case 'router':
      return <RouterPanel isFull />;
    case 'kpis':
      return (
        <>
          <KpiPanel isFull />
          <GeneratedPanels />
        </>
      );
    case 'events':
      return <EventsPanel />;
    case 'contract':
      return <ContractPanel isFull />;
    case 'surface':
      return <SurfacePanel key={name} name={name ?? ''} />;
    default:
      return <Overview />;
  }
}

function Overview() {
  return (
    <div class="overview">
      <div class="column column-first">
        <NavPanel />
        <PositionsPanel />
      </div>
      <div class="column column-second">
        <RiskPanel />
        <ContractPanel />
      </div>
      <div class="column column-third">
        <RouterPanel />
        <KpiPanel />
        <RecentEvents />
      </div>
    </div>
  );
}
