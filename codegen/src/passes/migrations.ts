import type { SchemaFile } from '@hedge-telemetry/evolution';

import { plainBanner } from '../banner.js';
import type { Source, Surface } from '../source.js';

/** The index of the migrations: those of legacy dialects, and the steps between major versions. Throws where a chain has a gap. */
export function emitMigrations({ set, surfaces }: Source): string {
  const dialects = set.files.filter(({ kind }) => kind === 'dialect').map(dialect);
  const steps = surfaces.flatMap(stepsOf);
  return [
    plainBanner,
    "import type { Migration, MigrationStep } from './migration.js';",
    ...dialects.map(({ name, module }) => `import { ${name} } from './${module}.js';`),
    ...steps.map(({ name, module }) => `import * as ${name} from './${module}.js';`),
    '',
    '/** Every migration of a legacy dialect to major version 1, by surface and dialect. */',
    'export const migrations: Readonly<Record<string, Migration>> = {',
    ...dialects.map(({ key, name }) => `'${key}': ${name},`),
    '};',
    '',
    '/** Every step from a major version to the next, by surface and the version that it starts from. */',
    'export const steps: Readonly<Record<string, MigrationStep>> = {',
    ...steps.map(({ key, name }) => `'${key}': ${name},`),
    '};',
    '',
  ].join('\n');
}

interface Entry {
  readonly key: string;
  /** What the index imports. */
  readonly name: string;
  readonly module: string;
}

function dialect(file: SchemaFile): Entry {
  const surface = file.path.split('/')[1] ?? '';
  const key = `${surface}/${file.name}`;
  return { key, name: `migrate${pascal(surface)}${pascal(file.name)}`, module: key };
}

function stepsOf(surface: Surface): Entry[] {
  const { name } = surface.file;
  const oldest = surface.older.at(-1)?.major ?? surface.major;
  const wanted = Array.from({ length: surface.major - oldest }, (_, index) => oldest + index);
  return wanted.map((from) => {
    const step = `v${from}-to-v${from + 1}`;
    if (!surface.steps.includes(from))
      throw new Error(
        `packages/contract/src/migrations/${name}/${step}.ts is missing: documents of ${name} v${from} could not be read`,
      );
    return { key: `${name}/${from}`, name: `${camel(name)}V${from}ToV${from + 1}`, module: `${name}/${step}` };
  });
}

function pascal(name: string): string {
  return name
    .split(/[_-]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

function camel(name: string): string {
  const whole = pascal(name);
  return whole.slice(0, 1).toLowerCase() + whole.slice(1);
}
