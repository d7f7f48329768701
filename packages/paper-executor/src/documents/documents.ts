import { isStateName } from '@hedge-telemetry/contract';
import type { StateDocuments, StateName } from '@hedge-telemetry/contract';
import type { Publishable, PublishResult, Writer } from '@hedge-telemetry/writer';
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

type Builders = { readonly [Name in StateName]: (snapshot: Snapshot) => Publishable<StateDocuments[Name]> };

/** How each surface is built, in the order of publication: a surface comes after those that it repeats. */
export const documents: Builders = {
  v6_runtime_probe: v6RuntimeProbeDocument,
  nav: navDocument,
  nav_state: navStateDocument,
  positions: positionsDocument,
  synced_state: syncedStateDocument,
  risk_snapshot: riskSnapshotDocument,
  router_health: routerHealthDocument,
  execution_health: executionHealthDocument,
  kpis_v7: kpisV7Document,
  expectancy_v6: expectancyV6Document,
  symbol_scores_v6: symbolScoresV6Document,
  router_policy_suggestions_v6: routerPolicySuggestionsV6Document,
  risk_allocation_suggestions_v6: riskAllocationSuggestionsV6Document,
  pipeline_v6_shadow_head: pipelineV6ShadowHeadDocument,
  pipeline_v6_compare_summary: pipelineV6CompareSummaryDocument,
};

/** Publishes every surface. */
export function publishAll(writer: Writer, snapshot: Snapshot): PublishResult[] {
  return publishingOrder.map((name) => publishOne(writer, name, snapshot));
}

const publishingOrder = Object.keys(documents).filter(isStateName);

function publishOne<Name extends StateName>(writer: Writer, name: Name, snapshot: Snapshot): PublishResult {
  return writer.publish(name, documents[name](snapshot));
}
