import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Nav, RiskSnapshot, StateName } from '@hedge-telemetry/contract';
import { registry } from '@hedge-telemetry/contract';
import type { Appendable, Publishable } from '../src/publishable.js';
import type { LedgerRecords } from '@hedge-telemetry/contract';

/** A directory that is removed when the test ends. */
export function temporaryDirectory(within: string = tmpdir()): string {
  const directory = mkdtempSync(path.join(within, 'writer-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function nav(total: number): Publishable<Nav> {
  return {
    nav_total: total,
    nav_age_s: 1.5,
    sources_ok: true,
    aum: { futures: total, offexchange: {}, total },
    nav_health_snapshot: { age_s: 1.5, sources_ok: true },
    updated_at: 1_764_000_000.25,
  };
}

export const riskSnapshot = {
  updated_ts: 1_764_000_000,
  dd_state: null,
  risk_mode: 'OK',
  router_stats: null,
  symbols: [],
} as const satisfies Publishable<RiskSnapshot>;

export function navPoint(total: number): Appendable<LedgerRecords['nav_history']> {
  return { ts: 1_764_000_000, nav_total: total };
}

export const orderEvent = {
  type: 'order',
  symbol: 'ETHUSDT',
  qty: 0.25,
  price: null,
  is_maker: null,
  slippage_bps: null,
  metadata: {},
} as const satisfies Appendable<LedgerRecords['events']>;

export function fileOf(directory: string, name: keyof LedgerRecords | StateName): string {
  return path.join(directory, registry[name].file);
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The terminated lines of a ledger. */
export function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

/** The records of nav_history by their nav_total. */
export function navTotals(file: string): number[] {
  return linesOf(file).map((line) => (JSON.parse(line) as { nav_total: number }).nav_total);
}

export function temporaryFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.tmp'));
}
