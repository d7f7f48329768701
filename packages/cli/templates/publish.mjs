// What an executor does with its telemetry. Run it as it is to see the files: node telemetry/publish.mjs
import { fileURLToPath } from 'node:url';
import { createWriter, percentPoints } from '@hedge-telemetry/writer';

// publish() and append() never throw and never wait; what was wrong with a document arrives here.
export const telemetry = createWriter({
  dir: process.env.LOGS_DIR ?? '__LOGS__',
  onFinding: ({ level, message, fix }) => console.error(`telemetry ${level}: ${message}. ${fix}`),
});

/** Once per loop. What is not known is null, never 0. */
export function publishNav({ nav, ageSeconds, drawdownPercent, riskMode }) {
  telemetry.publish('nav', {
    nav_total: nav,
    nav_age_s: ageSeconds,
    sources_ok: nav !== null,
    aum: { futures: nav, offexchange: {}, total: nav },
    nav_health_snapshot: null,
    updated_at: new Date(),
  });
  telemetry.publish('risk_snapshot', {
    dd_state: {},
    dd_pct: percentPoints(drawdownPercent), // the unit is stated; dd_frac is derived
    daily_loss_frac: null,
    risk_mode: riskMode,
    router_stats: {},
    symbols: [],
  });
}

/** Whenever an order fills. */
export function recordFill({ symbol, qty, price, isMaker, slippageBps }) {
  telemetry.append('events', {
    type: 'fill',
    symbol,
    qty,
    price,
    is_maker: isMaker,
    slippage_bps: slippageBps,
    metadata: {},
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  publishNav({ nav: 10_250.5, ageSeconds: 0.4, drawdownPercent: 0.13, riskMode: 'OK' });
  recordFill({ symbol: 'BTCUSDT', qty: 0.003, price: 90_210, isMaker: true, slippageBps: -0.4 });
  const { ok } = await telemetry.close();
  process.exitCode = ok ? 0 : 1;
}
