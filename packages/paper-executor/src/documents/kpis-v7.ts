import type { KpisV7 } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { Snapshot } from '../snapshot.js';
import { expectancyOf, sharpeOf, sharpeState } from '../trade-log.js';
import { drawdownBlock, navOf } from './account-blocks.js';
import { aumTotal } from './nav.js';
import { points } from './percent.js';
import { atrSummary, feePnl, routerStats } from './symbol-blocks.js';

export function kpisV7Document(snapshot: Snapshot): Publishable<KpisV7> {
  const { account, risk, routing, symbols, trades } = snapshot;
  return {
    ts: snapshot.at,
    nav: {
      nav_total: navOf(snapshot),
      nav_age_s: risk.navAgeSeconds,
      sources_ok: account.sourcesOk,
      aum_total: aumTotal(snapshot),
    },
    risk: {
      dd_state: risk.ddState,
      drawdown: drawdownBlock(snapshot),
      atr: atrSummary(snapshot),
      fee_pnl: feePnl(snapshot),
    },
    router: {
      policy_quality: routing.quality,
      maker_first: symbols.filter(({ policy }) => policy.maker_first).length * 2 >= symbols.length,
      reject_rate: routing.rejectRatio,
      router_stats: routerStats(routing),
    },
    performance: {
      expectancy: expectancyOf(trades).expectancy,
      sharpe_state: sharpeState(sharpeOf(trades)),
    },
    symbols: Object.fromEntries(
      symbols.map(({ symbol, ddState, todayPoints, volatility }) => [
        symbol,
        {
          dd_state: ddState,
          dd_today_pct: points(todayPoints),
          atr_ratio: volatility.ratio,
          atr_regime: volatility.regime,
        },
      ]),
    ),
  };
}
