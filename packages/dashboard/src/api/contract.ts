import { registry } from '@hedge-telemetry/contract';
import type { SurfaceName } from '@hedge-telemetry/contract';
import type { ApiContractEntry } from './types.js';

/** What the contract says of a surface or ledger, as the API tells it. */
export function contractEntry(name: SurfaceName): ApiContractEntry {
  const entry = registry[name];
  return {
    name,
    kind: entry.kind,
    file: entry.file,
    title: entry.title,
    description: entry.description,
    status: entry.status,
    owner: entry.owner,
    writer: entry.writer,
    cadence: entry.cadence,
    stale_after_s: entry.staleAfterSeconds,
    version: entry.version,
    schema_tag: entry.schemaTag,
    sensitivity: entry.sensitivity,
    age_pointer: entry.age.pointer,
    root: entry.root,
  };
}
