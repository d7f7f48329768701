import { kebab, typeModule } from '@hedge-telemetry/evolution';
import type { SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { plainBanner } from '../banner.js';
import type { Output } from '../output.js';

/** Names as typed constants, and the maps from a name to its types. */
export function emitSurfaces(set: SchemaSet): Output {
  const states = set.files.filter((each) => each.kind === 'state');
  const ledgers = set.files.filter((each) => each.kind === 'ledger');
  const records = set.files.filter((each) => each.kind === 'record');
  return new Map([
    ['surfaces.js', constants(states, ledgers)],
    ['surfaces.d.ts', types(states, ledgers, records)],
  ]);
}

function constants(states: readonly SchemaFile[], ledgers: readonly SchemaFile[]): string {
  const names = (files: readonly SchemaFile[]): string =>
    `Object.freeze(${JSON.stringify(files.map((each) => each.name))})`;
  return [
    plainBanner,
    `export const stateNames = ${names(states)};`,
    `export const ledgerNames = ${names(ledgers)};`,
    '',
  ].join('\n');
}

function types(states: readonly SchemaFile[], ledgers: readonly SchemaFile[], records: readonly SchemaFile[]): string {
  const documents = [...states, ...ledgers];
  const tuple = (files: readonly SchemaFile[]): string =>
    `readonly [${files.map((each) => `'${each.name}'`).join(', ')}]`;
  const fields = (files: readonly SchemaFile[], suffix: string): string =>
    files
      .map(
        (each) =>
          `/** ${String(each.schema['description'])} */\n${each.name}: ${String(each.schema['title'])}${suffix};`,
      )
      .join('\n');
  return [
    plainBanner,
    ...documents.map(
      (each) => `import type { ${String(each.schema['title'])} } from './types/${typeModule(each)}.js';`,
    ),
    ...documents.map(
      (each) => `import type { ${String(each.schema['title'])}Readings } from './readings/${kebab(each.name)}.js';`,
    ),
    ...[...documents, ...records].map(
      (each) => `export type { ${String(each.schema['title'])} } from './types/${typeModule(each)}.js';`,
    ),
    "export type * from './types/common.js';",
    `/** Names of the state surfaces. */\nexport declare const stateNames: ${tuple(states)};`,
    `/** Names of the ledgers. */\nexport declare const ledgerNames: ${tuple(ledgers)};`,
    `/** State surface to document. */\nexport interface StateDocuments {\n${fields(states, '')}\n}`,
    `/** Ledger to record. */\nexport interface LedgerRecords {\n${fields(ledgers, '')}\n}`,
    `/** Surface or ledger to its fields as readings. */\nexport interface SurfaceReadings {\n${fields(documents, 'Readings')}\n}`,
    '',
  ].join('\n');
}
