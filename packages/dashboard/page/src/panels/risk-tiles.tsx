import { entriesOf, isKnown } from '../model/reading.js';
import { wordTone, yesIsBad, yesIsGood } from '../model/tones.js';
import { Tile, Tiles } from '../ui/tile.js';
import { useSurface } from '../ui/use-surface.js';
import { Value } from '../ui/value.js';

/** Limits, breaker and risk figures, each from the one field that states it. */
export function RiskTiles() {
  const risk = useSurface('risk_snapshot');
  const groups = risk.at('correlation_groups');
  return (
    <Tiles>
      <Tile label="Drawdown class">
        <Value reading={risk.at('dd_state', 'dd_state')} of="risk_snapshot:/dd_state/dd_state" tone={wordTone} />
      </Tile>
      <Tile label="Severity" note="0 healthy, 1 worst">
        <Value reading={risk.at('risk_mode_score')} unit="score" of="risk_snapshot:/risk_mode_score" />
      </Tile>
      <Tile
        label="Circuit breaker"
        note={
          <>
            trips at{' '}
            <Value
              reading={risk.at('circuit_breaker', 'max_portfolio_dd_frac')}
              unit="fraction"
              of="risk_snapshot:/circuit_breaker/max_portfolio_dd_frac"
            />
          </>
        }
      >
        <Value
          reading={risk.at('circuit_breaker', 'active')}
          of="risk_snapshot:/circuit_breaker/active"
          tone={yesIsBad}
          show={tripped}
        />
      </Tile>
      <Tile label="Volatility">
        <Value reading={risk.at('atr', 'atr_regime')} of="risk_snapshot:/atr/atr_regime" tone={wordTone} />
      </Tile>
      <Tile label="TP/SL registry" note="positions without take-profit and stop-loss">
        <Value
          reading={risk.at('tp_sl_registry', 'registry_mismatch')}
          of="risk_snapshot:/tp_sl_registry/registry_mismatch"
          tone={yesIsBad}
          show={mismatch}
        />
      </Tile>
      <Tile
        label="Value at risk"
        note={
          <>
            within limit{' '}
            <Value reading={risk.at('var', 'within_limit')} of="risk_snapshot:/var/within_limit" tone={yesIsGood} />
          </>
        }
      >
        <Value reading={risk.at('var', 'portfolio_var_usd')} unit="USD" of="risk_snapshot:/var/portfolio_var_usd" />
      </Tile>
      {isKnown(groups)
        ? (entriesOf(groups) ?? []).map(([group, row]) => (
            <Tile
              key={group}
              label={`Group ${group}`}
              note={
                <>
                  cap{' '}
                  <Value
                    reading={risk.of(row, 'max_group_nav_frac')}
                    unit="fraction"
                    of={`risk_snapshot:/correlation_groups/${group}/max_group_nav_frac`}
                  />
                </>
              }
            >
              <Value
                reading={risk.of(row, 'gross_nav_frac')}
                unit="fraction"
                of={`risk_snapshot:/correlation_groups/${group}/gross_nav_frac`}
              />
            </Tile>
          ))
        : null}
    </Tiles>
  );
}

function tripped(value: unknown) {
  return { text: value === true ? 'tripped' : 'not tripped', unit: '' };
}

function mismatch(value: unknown) {
  return { text: value === true ? 'mismatch' : 'matches', unit: '' };
}
