import type { Migration } from './migration.js';
import { migrateExecutionHealthV7 } from './execution_health/v7.js';
import { migrateKpisV7Executor } from './kpis_v7/v7-executor.js';
import { migrateKpisV7Sync } from './kpis_v7/v7-sync.js';
import { migrateNavV7 } from './nav/v7.js';
import { migrateNavHistoryV7 } from './nav_history/v7.js';
import { migrateNavStateV7 } from './nav_state/v7.js';
import { migrateOrderMetricsV7 } from './order_metrics/v7.js';
import { migrateOrdersExecutedV7 } from './orders_executed/v7.js';
import { migratePositionsV7 } from './positions/v7.js';
import { migrateRiskAllocationSuggestionsV6V7 } from './risk_allocation_suggestions_v6/v7.js';
import { migrateRiskSnapshotV7 } from './risk_snapshot/v7.js';
import { migrateRiskVetoesV7 } from './risk_vetoes/v7.js';
import { migrateRouterHealthV7 } from './router_health/v7.js';
import { migrateRouterPolicySuggestionsV6V7 } from './router_policy_suggestions_v6/v7.js';
import { migrateSyncedStateV7 } from './synced_state/v7.js';
import { migrateV6RuntimeProbeV7 } from './v6_runtime_probe/v7.js';

/** Every migration, by surface and dialect. */
export const migrations: Readonly<Record<string, Migration>> = {
  'execution_health/v7': migrateExecutionHealthV7,
  'kpis_v7/v7-executor': migrateKpisV7Executor,
  'kpis_v7/v7-sync': migrateKpisV7Sync,
  'nav/v7': migrateNavV7,
  'nav_history/v7': migrateNavHistoryV7,
  'nav_state/v7': migrateNavStateV7,
  'order_metrics/v7': migrateOrderMetricsV7,
  'orders_executed/v7': migrateOrdersExecutedV7,
  'positions/v7': migratePositionsV7,
  'risk_allocation_suggestions_v6/v7': migrateRiskAllocationSuggestionsV6V7,
  'risk_snapshot/v7': migrateRiskSnapshotV7,
  'risk_vetoes/v7': migrateRiskVetoesV7,
  'router_health/v7': migrateRouterHealthV7,
  'router_policy_suggestions_v6/v7': migrateRouterPolicySuggestionsV6V7,
  'synced_state/v7': migrateSyncedStateV7,
  'v6_runtime_probe/v7': migrateV6RuntimeProbeV7,
};
