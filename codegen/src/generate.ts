import { kebab, typeModule } from '@hedge-telemetry/evolution';
import type { SchemaSet } from '@hedge-telemetry/evolution';

import { formatOutput } from './format.js';
import type { Output } from './output.js';
import { emitReadings, READING } from './passes/readings.js';
import { emitRegistry } from './passes/registry.js';
import { emitSurfaces } from './passes/surfaces.js';
import { emitTypes } from './passes/types.js';
import { emitValidators } from './passes/validators.js';

/** Everything that is generated, in memory. The same schemas give the same bytes. */
export async function generate(set: SchemaSet, prettierConfig: string): Promise<Output> {
  const output: Output = new Map([['reading.d.ts', READING]]);
  for (const file of set.files) output.set(`types/${typeModule(file)}.d.ts`, await emitTypes(set, file));
  for (const file of set.files.filter((each) => each.kind === 'state' || each.kind === 'ledger')) {
    output.set(`readings/${kebab(file.name)}.d.ts`, emitReadings(set, file));
  }
  for (const part of [emitSurfaces(set), emitRegistry(set), emitValidators(set)]) {
    for (const [file, text] of part) output.set(file, text);
  }
  return formatOutput(output, prettierConfig);
}
