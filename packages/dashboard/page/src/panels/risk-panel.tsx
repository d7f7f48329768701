import { Panel } from '../ui/panel.js';
import { RangePicker } from '../ui/range-picker.js';
import { RiskMode } from './risk-mode.js';
import { RiskSymbols } from './risk-symbols.js';
import { RiskTiles } from './risk-tiles.js';
import { RiskTimeline } from './risk-timeline.js';
import { Vetoes } from './vetoes.js';

/** The risk mode, why and since when, the limits, and what the gates refused. */
export function RiskPanel({ isFull = false }: { readonly isFull?: boolean }) {
  return (
    <>
      <Panel id="risk" title="Risk" surfaces={['risk_snapshot']} {...(isFull ? { actions: <RangePicker /> } : {})}>
        <RiskMode />
        <RiskTimeline />
        {isFull ? <RiskTiles /> : null}
        {isFull ? <RiskSymbols /> : null}
      </Panel>
      <Panel id="vetoes" title="Vetoes" ledgers={['risk_vetoes']} {...(isFull ? {} : { actions: <RangePicker /> })}>
        <Vetoes />
      </Panel>
    </>
  );
}
