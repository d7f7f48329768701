import type { Nav } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { round } from '../numbers.js';
import type { Snapshot } from '../snapshot.js';
import { navDetail, navHealth, navOf } from './account-blocks.js';

const COLD_STORAGE = { symbol: 'BTCUSDT', asset: 'BTC', qty: 0.05, cost: 58_000 };

export function navDocument(snapshot: Snapshot): Publishable<Nav> {
  const nav = navOf(snapshot);
  const held = coldStorage(snapshot);
  return {
    nav_total: nav,
    nav_age_s: snapshot.risk.navAgeSeconds,
    sources_ok: snapshot.account.sourcesOk,
    aum: {
      futures: nav,
      offexchange: held === null ? {} : { [COLD_STORAGE.asset]: held },
      total: aumTotal(snapshot),
    },
    nav_health_snapshot: navHealth(snapshot),
    updated_at: snapshot.at,
    nav_detail: navDetail(snapshot),
  };
}

/** Assets under management, on and off the exchange; null where NAV is not known. */
export function aumTotal(snapshot: Snapshot): number | null {
  const nav = navOf(snapshot);
  return nav === null ? null : round(nav + (coldStorage(snapshot)?.usd_value ?? 0));
}

/** The one holding outside the exchange, which only a market with its price has. */
function coldStorage({ symbols }: Snapshot): { qty: number; avg_cost: number; mark: number; usd_value: number } | null {
  const mark = symbols.find(({ symbol }) => symbol === COLD_STORAGE.symbol)?.quote.mark;
  if (mark === undefined) return null;
  const { qty, cost } = COLD_STORAGE;
  return { qty, avg_cost: cost, mark, usd_value: round(qty * mark) };
}
