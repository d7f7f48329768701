import type { V6RuntimeProbeV7 } from '../../../generated/types/legacy/v6-runtime-probe-v7.js';
import type { V6RuntimeProbe } from '../../../generated/types/v6-runtime-probe-v1.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds, NO_HOME } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { text } from '../values.js';

/** Probe of v7, whose flags stand at the top level: every boolean there is one. */
export function migrateV6RuntimeProbeV7(document: V6RuntimeProbeV7, report: MigrationReport): V6RuntimeProbe {
  const fields = fieldReader(document, report);
  const engine_version = fields.required('engine_version', text);
  const ts = ageSeconds(fields.take('ts'), '/ts', report);
  const flags = Object.entries(document).filter(([, value]) => typeof value === 'boolean');
  for (const [key] of flags) fields.take(key);
  fields.dropRest(NO_HOME);
  return { engine_version, flags: Object.fromEntries(flags), ts };
}
