import type { ApiSurface } from '../api/types.js';
import type { Hub } from '../hub/hub.js';
import { metricDefinitions } from './definitions.js';
import type { MetricDefinition } from './definitions.js';
import { expositionText } from './exposition.js';
import type { Family } from './exposition.js';
import { samplesOf } from './samples.js';
import { ledgerFamilies, serverFamilies, surfaceFamilies } from './standing.js';

/** Everything that `/metrics` says. */
export function metricsText(hub: Hub, clients: number, dropped: number): string {
  const surfaces = hub.surfaces();
  return expositionText([
    ...surfaceFamilies(surfaces),
    ...ledgerFamilies(hub.ledgers()),
    ...serverFamilies(hub.status(), hub.reads(), clients, dropped),
    ...contractFamilies(surfaces),
  ]);
}

/** The metrics that the contract declares; those of one name are one family, whatever surface they come from. */
function contractFamilies(surfaces: readonly ApiSurface[]): Family[] {
  const byName = new Map<string, MetricDefinition[]>();
  for (const each of metricDefinitions) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return [...byName].map(([name, definitions]): Family => {
    const [first] = definitions;
    return {
      name,
      type: first?.type === 'counter' ? 'counter' : 'gauge',
      help: first?.help ?? '',
      samples: definitions.flatMap((each) => {
        const surface = surfaces.find((one) => one.name === each.surface);
        return surface === undefined ? [] : samplesOf(each, surface.readings);
      }),
    };
  });
}
