import type { StateName } from '@hedge-telemetry/contract';

/** What the contract's prose lists of a surface; a row's keys stand under `rows`. */
interface ContractKeys {
  readonly keys: readonly string[];
  readonly rows?: readonly string[];
}

const listed = {
  nav: { keys: ['nav_total', 'nav_age_s', 'sources_ok', 'aum', 'nav_health_snapshot', 'updated_at'] },
  nav_state: { keys: ['updated_at'] },
  positions: { keys: [], rows: ['symbol', 'qty', 'entryPrice', 'mark_price', 'leverage', 'side'] },
  risk_snapshot: {
    keys: ['dd_state', 'dd_frac', 'daily_loss_frac', 'risk_mode', 'router_stats', 'symbols'],
    rows: ['symbol', 'risk', 'vol'],
  },
  router_health: {
    keys: [
      'updated_ts',
      'maker_fill_rate',
      'fallback_ratio',
      'slippage_p50',
      'slip_q95',
      'symbols',
      'router_health_score',
    ],
    rows: ['symbol', 'maker_fill_rate'],
  },
  kpis_v7: { keys: ['nav', 'risk', 'router', 'performance', 'symbols'] },
  expectancy_v6: { keys: ['symbols', 'updated_ts'] },
  symbol_scores_v6: { keys: ['symbols', 'updated_ts'] },
  router_policy_suggestions_v6: { keys: ['symbols', 'proposed_policy'] },
  risk_allocation_suggestions_v6: { keys: ['global', 'symbols'], rows: ['symbol', 'suggested_weight', 'rationale'] },
  pipeline_v6_shadow_head: { keys: ['total', 'allowed', 'vetoed', 'generated_ts'] },
  pipeline_v6_compare_summary: { keys: ['generated_ts', 'sample_size', 'slippage_diff_bps', 'warmup_reason'] },
  execution_health: { keys: ['schema', 'router', 'risk', 'errors'] },
  synced_state: { keys: ['items', 'nav', 'engine_version', 'v6_flags', 'updated_at'] },
  v6_runtime_probe: { keys: ['engine_version', 'flags', 'ts'] },
} satisfies Partial<Record<StateName, ContractKeys>>;

/** The keys that the contract's prose lists, surface by surface. Surfaces that were added since are not among them. */
export const stateKeys: Readonly<Record<keyof typeof listed, ContractKeys>> = listed;

/** Keys that every line of the events ledger has. */
export const eventKeys = ['ts', 'type', 'symbol', 'qty', 'price', 'is_maker', 'slippage_bps', 'metadata'] as const;

/** The types of events that the contract names. */
export const eventTypes = ['order', 'fill', 'cancel', 'refresh', 'error', 'router'] as const;
