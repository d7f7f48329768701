import type { StateName } from '@hedge-telemetry/contract';
import type { PublishResult, Writer } from '@hedge-telemetry/writer';
import type { Snapshot } from '../snapshot.js';
import { executionHealthDocument } from './execution-health.js';
import { expectancyV6Document } from './expectancy-v6.js';
import { kpisV7Document } from './kpis-v7.js';
import { navStateDocument } from './nav-state.js';
import { navDocument } from './nav.js';
import { pipelineV6CompareSummaryDocument } from './pipeline-v6-compare-summary.js';
import { pipelineV6ShadowHeadDocument } from './pipeline-v6-shadow-head.js';
import { positionsDocument } from './positions.js';
import { riskAllocationSuggestionsV6Document } from './risk-allocation-suggestions-v6.js';
import { riskSnapshotDocument } from './risk-snapshot.js';
import { routerHealthDocument } from './router-health.js';
import { routerPolicySuggestionsV6Document } from './router-policy-suggestions-v6.js';
import { symbolScoresV6Document } from './symbol-scores-v6.js';
import { syncedStateDocument } from './synced-state.js';
import { v6RuntimeProbeDocument } from './v6-runtime-probe.js';

type Publisher = (writer: Writer, snapshot: Snapshot) => PublishResult;

/** In the order of publication: a surface comes after those that it repeats. One that is not listed is never published. */
const publishers: Readonly<Partial<Record<StateName, Publisher>>> = {
  v6_runtime_probe: (writer, snapshot) => writer.publish('v6_runtime_probe', v6RuntimeProbeDocument(snapshot)),
  nav: (writer, snapshot) => writer.publish('nav', navDocument(snapshot)),
  nav_state: (writer, snapshot) => writer.publish('nav_state', navStateDocument(snapshot)),
  positions: (writer, snapshot) => writer.publish('positions', positionsDocument(snapshot)),
  synced_state: (writer, snapshot) => writer.publish('synced_state', syncedStateDocument(snapshot)),
  risk_snapshot: (writer, snapshot) => writer.publish('risk_snapshot', riskSnapshotDocument(snapshot)),
  router_health: (writer, snapshot) => writer.publish('router_health', routerHealthDocument(snapshot)),
  execution_health: (writer, snapshot) => writer.publish('execution_health', executionHealthDocument(snapshot)),
  kpis_v7: (writer, snapshot) => writer.publish('kpis_v7', kpisV7Document(snapshot)),
  expectancy_v6: (writer, snapshot) => writer.publish('expectancy_v6', expectancyV6Document(snapshot)),
  symbol_scores_v6: (writer, snapshot) => writer.publish('symbol_scores_v6', symbolScoresV6Document(snapshot)),
  router_policy_suggestions_v6: (writer, snapshot) =>
    writer.publish('router_policy_suggestions_v6', routerPolicySuggestionsV6Document(snapshot)),
  risk_allocation_suggestions_v6: (writer, snapshot) =>
    writer.publish('risk_allocation_suggestions_v6', riskAllocationSuggestionsV6Document(snapshot)),
  pipeline_v6_shadow_head: (writer, snapshot) =>
    writer.publish('pipeline_v6_shadow_head', pipelineV6ShadowHeadDocument(snapshot)),
  pipeline_v6_compare_summary: (writer, snapshot) =>
    writer.publish('pipeline_v6_compare_summary', pipelineV6CompareSummaryDocument(snapshot)),
};

/** The surfaces that are simulated. */
export const simulatedSurfaces = Object.keys(publishers) as readonly StateName[];

/** Publishes every surface that is simulated. */
export function publishAll(writer: Writer, snapshot: Snapshot): PublishResult[] {
  return Object.values(publishers).map((publish) => publish(writer, snapshot));
}
