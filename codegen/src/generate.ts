import { kebab, typeModule } from '@hedge-telemetry/evolution';

import { formatOutput } from './format.js';
import { GENERATED } from './output.js';
import type { Output } from './output.js';
import { emitMajors } from './passes/majors.js';
import { emitMigrations } from './passes/migrations.js';
import { emitReadings, READING } from './passes/readings.js';
import { emitRegistry } from './passes/registry.js';
import { emitSurfaces } from './passes/surfaces.js';
import { emitTypes } from './passes/types.js';
import { emitValidators } from './passes/validators.js';
import type { Source } from './source.js';

/** Everything that is generated, in memory. The same schemas, releases and migrations give the same bytes. */
export async function generate(source: Source, prettierConfig: string): Promise<Output> {
  const { set, surfaces } = source;
  const output: Output = new Map();
  const add = (file: string, text: string): void => {
    if (output.has(file)) throw new Error(`packages/contract/${file} would be generated twice`);
    output.set(file, text);
  };
  const parts: Output[] = [
    new Map([['reading.d.ts', READING]]),
    new Map(await Promise.all(set.files.map(async (each) => [typesFile(each), await emitTypes(set, each)] as const))),
    await emitMajors(source),
    new Map(surfaces.map(({ file }) => [`readings/${kebab(file.name)}.d.ts`, emitReadings(set, file)])),
    emitSurfaces(set),
    emitRegistry(source),
    emitValidators(source),
  ];
  for (const part of parts) for (const [file, text] of part) add(`${GENERATED}/${file}`, text);
  add('src/migrations/index.ts', emitMigrations(source));
  return formatOutput(output, prettierConfig);
}

function typesFile(file: Source['set']['files'][number]): string {
  return `types/${typeModule(file)}.d.ts`;
}
