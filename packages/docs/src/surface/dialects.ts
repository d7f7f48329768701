import type { DialectEntry } from '@hedge-telemetry/contract';

import type { Rename } from '../model/renames.js';
import type { SurfaceDocs } from '../source.js';
import { blocks, code, heading, link, prose, table } from '../text/markdown.js';

/** Legacy shapes that readers still understand, and where their keys went. */
export function dialectsRegion(surface: SurfaceDocs): string {
  const { entry } = surface;
  if (entry.dialects.length === 0) return '';
  return blocks(
    heading(2, 'Legacy dialects and migrations', 'dialects'),
    `Shapes that executors wrote before the contract. A reader recognises them, migrates them to version ${entry.version} and reports [legacy-dialect](../rules/legacy-dialect.md); the file stays as it is. ${code(`hedge-telemetry migrate logs --to latest --out migrated`)} rewrites a directory.`,
    ...entry.dialects.flatMap((dialect) => dialectBlocks(dialect, surface)),
  );
}

function dialectBlocks(dialect: DialectEntry, { entry, examples, renames }: SurfaceDocs): string[] {
  const own = examples.legacy.filter((each) => each.dialect === dialect.name);
  const rows = renames.get(dialect.name) ?? [];
  const files = [
    link('schema', `../../schemas/legacy/${entry.name}/${dialect.name}.schema.json`),
    link('migration', `../../packages/contract/src/migrations/${entry.name}/${dialect.name}.ts`),
    ...own.map(({ file, name }) => link(code(name), `../../schemas/examples/${file}`)),
  ];
  return [
    heading(3, dialect.name, `dialect-${dialect.name}`),
    prose(dialect.source),
    `Recognised by: ${recognition(dialect)}.`,
    rows.length === 0 ? '' : 'Changing one value at a time in the examples of the dialect shows where each goes:',
    rows.length === 0
      ? ''
      : table(
          ['in the dialect', 'in this version', 'how'],
          rows.map((each) => [code(each.from), code(each.to), manner(each)]),
        ),
    `Files: ${files.join(', ')}.`,
  ];
}

function manner({ from, to, exact }: Rename): string {
  if (!exact) return from === to ? 'converted' : 'converted or computed';
  if (from === to) return 'kept';
  return from.split('.').at(-1) === to.split('.').at(-1) ? 'moved' : 'renamed';
}

function recognition({ root, has, hasAny, lacks, equals }: DialectEntry): string {
  const keys = (names: readonly string[]): string => names.map((each) => code(each)).join(', ');
  return [
    `the root is an ${root}`,
    ...(has.length === 0 ? [] : [`it has ${keys(has)}`]),
    ...(hasAny.length === 0 ? [] : [`it has one of ${keys(hasAny)}`]),
    ...(lacks.length === 0 ? [] : [`it lacks ${keys(lacks)}`]),
    ...Object.entries(equals).map(([key, value]) => `${code(key)} is ${code(value)}`),
  ].join('; ');
}
