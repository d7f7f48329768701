import { Meter } from '../charts/meter.js';
import { shown } from '../model/format.js';
import { yesIsGood } from '../model/tones.js';
import { Tile, Tiles } from '../ui/tile.js';
import { useField, useSurface } from '../ui/use-surface.js';
import { Value } from '../ui/value.js';
import { MaxDrawdown } from './max-drawdown.js';

/** The figures of NAV, each from the one field that states it. */
export function NavTiles() {
  const nav = useSurface('nav');
  const curve = useSurface('nav_state');
  const risk = useSurface('risk_snapshot');
  const whenNull = useField('nav', 'nav_total')?.whenNull;
  const drawdown = risk.at('dd_frac');
  const loss = risk.at('daily_loss_frac');
  return (
    <Tiles>
      <Tile
        label="NAV"
        large
        note={
          <>
            age of balances <Value reading={nav.at('nav_age_s')} of="nav:/nav_age_s" show={ageShown} /> · sources{' '}
            <Value reading={nav.at('sources_ok')} of="nav:/sources_ok" show={answered} tone={yesIsGood} />
          </>
        }
      >
        <Value reading={nav.at('nav_total')} unit="USD" of="nav:/nav_total" meaning={whenNull} />
      </Tile>
      <Tile
        label="Drawdown"
        large
        note={
          <Meter
            used={drawdown}
            cap={risk.at('risk_config_meta', 'max_nav_drawdown_frac')}
            of="risk_snapshot:/dd_frac"
          />
        }
      >
        <Value
          reading={drawdown}
          unit="fraction"
          of="risk_snapshot:/dd_frac"
          meaning="Drawdown is not known; it is not zero."
        />
      </Tile>
      <Tile
        label="Daily loss"
        large
        note={
          <Meter
            used={loss}
            cap={risk.at('risk_config_meta', 'daily_loss_limit_frac')}
            of="risk_snapshot:/daily_loss_frac"
          />
        }
      >
        <Value
          reading={loss}
          unit="fraction"
          of="risk_snapshot:/daily_loss_frac"
          meaning="The daily loss is not known; it is not zero."
        />
      </Tile>
      <MaxDrawdown />
      <Tile label="Unrealised PnL" note="all open positions">
        <Value reading={curve.at('unrealized_pnl')} unit="USD" signed of="nav_state:/unrealized_pnl" />
      </Tile>
      <Tile label="Realised PnL" note="since UTC midnight, before fees">
        <Value reading={curve.at('realized_pnl_today')} unit="USD" signed of="nav_state:/realized_pnl_today" />
      </Tile>
      <Tile
        label="Gross exposure"
        note={
          <>
            net <Value reading={curve.at('net_exposure')} unit="USD" signed of="nav_state:/net_exposure" />
          </>
        }
      >
        <Value reading={curve.at('gross_exposure')} unit="USD" of="nav_state:/gross_exposure" />
      </Tile>
    </Tiles>
  );
}

function ageShown(value: unknown) {
  return shown(typeof value === 'number' ? Math.round(value * 10) / 10 : value, 's');
}

function answered(value: unknown) {
  return { text: value === true ? 'answered' : 'did not all answer', unit: '' };
}
