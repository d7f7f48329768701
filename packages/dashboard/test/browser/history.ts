import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeHealthy } from '../conditions.js';

const STEP_S = 59;
const POINTS = 1_440;
const GAP: readonly [number, number] = [600, 660];

/** A healthy directory with a day of history: a curve of NAV with a gap in it, orders with slippage, and vetoes. */
export async function writeDay(dir: string, now: number): Promise<void> {
  await writeHealthy(dir, now);
  await put(join(dir, 'execution/nav_history.jsonl'), navLines(now));
  await put(join(dir, 'execution/order_metrics.jsonl'), orderLines(now));
  await put(join(dir, 'execution/risk_vetoes.jsonl'), vetoLines(now));
}

function navLines(now: number): object[] {
  let peak = 0;
  return steps(now).flatMap(({ index, time }) => {
    if (index >= GAP[0] && index < GAP[1]) return [];
    const nav = round(10_000 + index * 0.18 + 60 * Math.sin(index / 90) + 14 * Math.sin(index / 7) + 25 * wave(index));
    peak = Math.max(peak, nav);
    return [{ schema: 'nav_history_v1', ts: time, nav_total: nav, dd_pct: round((100 * (peak - nav)) / peak) }];
  });
}

function orderLines(now: number): object[] {
  return steps(now)
    .filter(({ index }) => index % 4 === 0)
    .map(({ index, time }) => ({
      schema: 'order_metrics_v1',
      ts: time,
      event: 'order',
      attempt_id: null,
      intent_id: null,
      symbol: symbols[index % symbols.length],
      side: index % 8 === 0 ? 'BUY' : 'SELL',
      route: 'maker_first',
      prices: null,
      qty: null,
      timing_ms: null,
      result: null,
      fees_usd: 0.05,
      slippage_bps: round(2 + 4 * wave(index) + 2 * Math.sin(index / 40)),
    }));
}

function vetoLines(now: number): object[] {
  return steps(now)
    .filter(({ index }) => index % 9 === 0)
    .map(({ index, time }) => ({
      schema: 'risk_vetoes_v1',
      ts: new Date(time * 1000).toISOString(),
      event_type: 'risk_veto',
      symbol: symbols[(index * 7) % symbols.length],
      side: 'BUY',
      position_side: 'LONG',
      strategy: null,
      veto_reason: reasons[Math.floor(Math.abs(wave(index)) * reasons.length)],
      original_reason: null,
      gate: null,
      limit: null,
      reasons: null,
      qty_req: 1,
      notional: 100,
      thresholds: null,
      source: null,
    }));
}

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'LINKUSDT', 'SUIUSDT'];
const reasons = ['leverage_cap', 'symbol_cap', 'bucket_cap', 'min_notional', 'trade_rate_limit'];

function steps(now: number): { readonly index: number; readonly time: number }[] {
  return Array.from({ length: POINTS }, (_, index) => ({ index, time: now - (POINTS - index) * STEP_S }));
}

/** Something that looks random and is the same in every run, in (-1, 1). */
function wave(index: number): number {
  return Math.sin(index * 12.9898) * Math.cos(index * 4.1414);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

async function put(path: string, lines: readonly object[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
