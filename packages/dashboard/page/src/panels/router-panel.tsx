import { Panel } from '../ui/panel.js';
import { RangePicker } from '../ui/range-picker.js';
import { RouterSymbols } from './router-symbols.js';
import { RouterTiles } from './router-tiles.js';
import { SlippageChart } from './slippage-chart.js';

/** How orders are routed: fills, fallbacks, slippage, rejects, over all symbols and per symbol. It is always there. */
export function RouterPanel({ isFull = false }: { readonly isFull?: boolean }) {
  return (
    <Panel
      id="router"
      title="Router"
      surfaces={['router_health']}
      ledgers={['order_metrics']}
      {...(isFull ? { actions: <RangePicker /> } : {})}
    >
      <RouterTiles />
      <SlippageChart height={isFull ? 260 : 150} />
      <RouterSymbols isFull={isFull} />
    </Panel>
  );
}
