import type { Reading } from '@hedge-telemetry/contract';
import type { ComponentChildren } from 'preact';
import { numberOf } from '../model/reading.js';
import { wordTone } from '../model/tones.js';
import { Tile, Tiles } from '../ui/tile.js';
import { useSurface } from '../ui/use-surface.js';
import { Value } from '../ui/value.js';
import { Samples, UNKNOWN_COVERAGE, Window } from './window-note.js';

const DAY = 86_400;
const HOUR = 3_600;

/** The tiles of kpis_v7. */
export function KpiTiles() {
  const kpis = useSurface('kpis_v7');
  const expectancy = useSurface('expectancy_v6');
  const router = useSurface('router_health');
  const days = kpis.at('risk', 'fee_pnl', 'window_days');
  const feeWindow = (
    <Window length={days} seconds={secondsIn(days, DAY)} unit="days" of="kpis_v7:/risk/fee_pnl/window_days" />
  );
  const hours = expectancy.at('lookback_hours');
  const span = router.at('window_s');
  const routing = (
    <Window
      length={span}
      seconds={numberOf(span)}
      unit="s"
      of="router_health:/window_s"
      meaning="router_health does not bound the window."
    />
  );
  const samples = (
    <>
      {routing};{' '}
      <Samples
        reading={kpis.at('router', 'router_stats', 'sample_count')}
        of="kpis_v7:/router/router_stats/sample_count"
      />
    </>
  );
  const figure = (label: string, path: string[], unit: string, note: ComponentChildren, signed = false) => (
    <Tile label={label} note={note}>
      <Value reading={kpis.at(...path)} unit={unit} signed={signed} of={`kpis_v7:/${path.join('/')}`} />
    </Tile>
  );
  const word = (label: string, path: string[], note: ComponentChildren) => (
    <Tile label={label} note={note}>
      <Value reading={kpis.at(...path)} tone={wordTone} of={`kpis_v7:/${path.join('/')}`} />
    </Tile>
  );
  return (
    <Tiles>
      {figure('Realised PnL', ['risk', 'fee_pnl', 'pnl'], 'USD', feeWindow, true)}
      {figure('Fees', ['risk', 'fee_pnl', 'fees'], 'USD', feeWindow)}
      {figure('Fees over PnL', ['risk', 'fee_pnl', 'fee_pnl_ratio'], 'ratio', feeWindow)}
      {figure(
        'Expectancy per trade',
        ['performance', 'expectancy'],
        'USD',
        <>
          <Window length={hours} seconds={secondsIn(hours, HOUR)} unit="hours" of="expectancy_v6:/lookback_hours" />;{' '}
          <Samples reading={expectancy.at('sample_count')} of="expectancy_v6:/sample_count" />
        </>,
        true,
      )}
      {figure('Maker fills', ['router', 'router_stats', 'maker_fill_ratio'], 'fraction', samples)}
      {figure('Fallbacks', ['router', 'router_stats', 'fallback_ratio'], 'fraction', samples)}
      {figure('Slippage p50', ['router', 'router_stats', 'slip_q50'], 'bps', samples)}
      {figure('Slippage p95', ['router', 'router_stats', 'slip_q95'], 'bps', samples)}
      {figure('Orders rejected', ['router', 'reject_rate'], 'fraction', routing)}
      {word('Sharpe', ['performance', 'sharpe_state'], `rolling; the contract states no window; ${UNKNOWN_COVERAGE}`)}
      {word('Drawdown class', ['risk', 'dd_state'], 'at the time of the document')}
      {word('Volatility', ['risk', 'atr', 'atr_regime'], 'at the time of the document')}
    </Tiles>
  );
}

function secondsIn(reading: Reading<unknown>, unit: number): number | null {
  const length = numberOf(reading);
  return length === null ? null : length * unit;
}
