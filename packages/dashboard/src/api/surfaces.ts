import { ledgerNames, stateNames } from '@hedge-telemetry/contract';
import type { Hub } from '../hub/hub.js';
import { contractEntry } from './contract.js';
import type { SurfacesAnswer } from './types.js';

const contract = [...stateNames, ...ledgerNames].map(contractEntry);

/** Everything but ledger lines. */
export function surfacesAnswer(hub: Hub): SurfacesAnswer {
  return { status: hub.status(), surfaces: hub.surfaces(), ledgers: hub.ledgers(), contract };
}
