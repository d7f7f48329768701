import { NavChart } from './nav-chart.js';
import { NavTiles } from './nav-tiles.js';
import { AumSplit } from './aum-split.js';
import { RangePicker } from '../ui/range-picker.js';
import { Panel } from '../ui/panel.js';

/** NAV, drawdown and daily loss against their caps, AUM, and the curve of NAV. */
export function NavPanel({ isFull = false }: { readonly isFull?: boolean }) {
  return (
    <Panel
      id="nav"
      title="NAV and drawdown"
      surfaces={['nav', 'nav_state', 'risk_snapshot']}
      ledgers={['nav_history']}
      actions={<RangePicker />}
    >
      <NavTiles />
      <NavChart height={isFull ? 320 : 190} />
      <AumSplit />
    </Panel>
  );
}
