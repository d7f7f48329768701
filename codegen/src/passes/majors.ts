import { bundle, definitions, typeModule } from '@hedge-telemetry/evolution';
import type { SchemaSet } from '@hedge-telemetry/evolution';

import { banner } from '../banner.js';
import type { Output } from '../output.js';
import type { Frozen, Source, Surface } from '../source.js';
import { emitTypes } from './types.js';

/** A type module for every major version of every surface: what migrations are written against. */
export async function emitMajors({ set, surfaces }: Source): Promise<Output> {
  const output: Output = new Map();
  for (const surface of surfaces) {
    output.set(moduleFile(surface, surface.major), workingModule(set, surface));
    for (const each of surface.older) output.set(moduleFile(surface, each.major), await frozenModule(each));
  }
  return output;
}

function moduleFile({ file }: Surface, major: number): string {
  return `types/${typeModule(file)}-v${major}.d.ts`;
}

/** The working types under the name of their version, with every shared type that they use: once frozen, the module holds the same names. */
function workingModule(set: SchemaSet, { file, major }: Surface): string {
  const title = String(file.schema['title']);
  const module = `./${typeModule(file)}.js`;
  return [
    banner([file]),
    `export type * from '${module}';`,
    ...[...sharedTypes(set, file)].map(([from, names]) => `export type { ${names.join(', ')} } from '${from}';`),
    `export type { ${title} as ${title}V${major} } from '${module}';`,
    '',
  ].join('\n');
}

function sharedTypes(set: SchemaSet, file: Surface['file']): ReadonlyMap<string, string[]> {
  const { schema, origin } = bundle(set, file);
  const own = definitions(file.schema);
  const byModule = new Map<string, string[]>();
  for (const name of Object.keys(definitions(schema)).filter((each) => !Object.hasOwn(own, each))) {
    const source = set.files.find(({ path }) => path === origin(`/$defs/${name}`).file);
    if (source === undefined) continue;
    const module = `./${typeModule(source)}.js`;
    byModule.set(module, [...(byModule.get(module) ?? []), name]);
  }
  return byModule;
}

async function frozenModule({ set, file, major }: Frozen): Promise<string> {
  const title = String(file.schema['title']);
  return [
    await emitTypes(set, file),
    `/** ${title} as of major version ${major}. */`,
    `export type ${title}V${major} = ${title};`,
    '',
  ].join('\n');
}
