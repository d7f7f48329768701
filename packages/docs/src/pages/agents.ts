import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { region } from '../regions.js';
import type { Page } from '../regions.js';
import { surfacePage } from '../source.js';
import type { DocsSource } from '../source.js';
import { blocks, code, link, prose, table } from '../text/markdown.js';

/** AGENTS.md: rules in prose, tables of surfaces, invariants, files and commands generated. */
export async function agentsPage(root: string, { surfaces }: DocsSource): Promise<Page> {
  return {
    file: 'AGENTS.md',
    parts: [
      { kind: 'prose', text: '# Working under the telemetry contract' },
      region('files', table(['path', 'what it is', 'edit it'], FILES)),
      region('surfaces', surfaceTable(surfaces)),
      region('invariants', invariantTable(surfaces)),
      region('commands', table(['command', 'what it proves'], await commandRows(root))),
    ],
  };
}

function surfaceTable(surfaces: DocsSource['surfaces']): string {
  return table(
    ['surface', 'file', 'schema', 'version', 'stale after'],
    surfaces.map(({ entry, file }) => [
      link(entry.name, `docs/${surfacePage(entry)}`),
      code(`logs/${entry.file}`),
      code(`schemas/${file.path}`),
      entry.version,
      entry.staleAfterSeconds === null ? 'never' : `${entry.staleAfterSeconds} s`,
    ]),
  );
}

function invariantTable(surfaces: DocsSource['surfaces']): string {
  const rows = surfaces.flatMap(({ entry }) =>
    entry.invariants.map(({ id, formula, description }) => [entry.name, code(id), code(formula), prose(description)]),
  );
  return blocks(table(['surface', 'invariant', 'formula', 'meaning'], rows));
}

const FILES: readonly (readonly string[])[] = [
  ['`schemas/state/`, `schemas/logs/`, `schemas/common.schema.json`', 'the contract', 'yes; add, never break'],
  ['`schemas/examples/`', 'documents that must be valid, invalid, migrated', 'yes'],
  ['`schemas/legacy/`', 'shapes that executors wrote before', 'add a dialect; never narrow one'],
  ['`schemas/released/`', 'frozen versions', 'never'],
  ['`schemas/exemptions.json`', 'breaks that a person answers for', 'only when a person decides it'],
  ['`packages/contract/generated/`', 'types, validators, registry', 'never: `npm run generate`'],
  [
    '`docs/surfaces/`, `docs/ledgers/`, `docs/rules/`, `docs/index/`',
    'pages made from the contract',
    'outside the generated regions',
  ],
  ['`docs/schemas/`, `docs/llms.txt`, `docs/llms-full.txt`', 'made from the contract', 'never: `npm run docs`'],
  ['`packages/*/src/`', 'hand-written code', 'yes, with a test'],
];

/** Scripts of package.json that prove something, in the order in which `npm test` runs them. */
const COMMANDS: Readonly<Record<string, string>> = {
  types: 'everything compiles, tests included',
  'schemas:lint': 'every field has description, unit, since, and what null and absence mean',
  'schemas:diff': 'no change breaks documents or readers of a released version',
  'generate:check': 'types, validators and registry are what the schemas say',
  'docs:check': 'pages, published schemas and this file are what the contract says',
  lint: 'no lint finding',
  'format:check': 'formatting',
  unused: 'no unused export or dependency',
  test: 'all of the above, then every test: what CI runs',
};

async function commandRows(root: string): Promise<string[][]> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8').catch(() => '{}');
  const { scripts = {} } = JSON.parse(text) as { scripts?: Record<string, string> };
  return Object.entries(COMMANDS)
    .filter(([name]) => scripts[name] !== undefined)
    .map(([name, proves]) => [code(name === 'test' ? 'npm test' : `npm run ${name}`), proves]);
}
