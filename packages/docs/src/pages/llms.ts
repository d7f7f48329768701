import { parsePage } from '../regions.js';
import { surfacePage } from '../source.js';
import type { DocsSource } from '../source.js';

const SUMMARY =
  'The state and telemetry contract of a crypto-futures trading system: JSON state files and append-only JSONL ledgers below logs/. What is not known is null, never 0.';

/** docs/llms.txt: where coding agents find what, one link a line. */
export function llmsIndex({ surfaces }: DocsSource): string {
  const lines = (kind: string): string[] =>
    surfaces
      .filter(({ entry }) => entry.kind === kind)
      .map(({ entry }) => `- [${entry.name}](${surfacePage(entry)}): ${entry.description}`);
  return `${[
    '# hedge-telemetry',
    '',
    `> ${SUMMARY}`,
    '',
    'The rules for changes are in ../AGENTS.md; all pages in one file are in llms-full.txt.',
    '',
    '## State surfaces',
    '',
    ...lines('state'),
    '',
    '## Ledgers',
    '',
    ...lines('ledger'),
    '',
    '## Reference',
    '',
    '- [Fields](index/fields.md): every key, where it stands, its unit and meaning',
    '- [Units](index/units.md): what each unit stands for',
    '- [Metrics](index/metrics.md): time series by name',
    '- [Findings](rules/README.md): every rule with its level',
    '- [JSON Schemas](schemas/catalog.json): published, self-contained',
    '',
    '## Guides',
    '',
    '- [The mirror](mirror.md): what sync does',
    '- [Durability](durability.md): what files survive',
    '- [A fleet](fleet.md): many executors over NATS',
    '- [Changing a schema](changing-a-schema.md): a worked example',
  ].join('\n')}\n`;
}

/** Regions that say the same on every page; llms-full.txt holds the catalogue of findings once. */
const LEFT_OUT = new Set(['findings', 'recipes']);

/** docs/llms-full.txt: every surface, ledger, unit and rule in one Markdown text without padding, anchors and links. */
export function llmsFull({ surfaces }: DocsSource, pages: ReadonlyMap<string, string>): string {
  const files = [
    'docs/README.md',
    ...surfaces.map(({ entry }) => `docs/${surfacePage(entry)}`),
    'docs/index/units.md',
    'docs/index/metrics.md',
    'docs/rules/README.md',
  ];
  return `${files.map((each) => plain(pages.get(each) ?? '')).join('\n\n')}\n`;
}

function plain(page: string): string {
  const parts = parsePage(page);
  if (!Array.isArray(parts)) return page;
  return parts
    .filter((each) => each.kind === 'prose' || !LEFT_OUT.has(each.name))
    .map(({ text }) => compact(text.trim()))
    .filter((each) => each !== '')
    .join('\n\n');
}

/** Outside code blocks: no anchors, no link targets, no padding in tables. */
function compact(text: string): string {
  return text
    .split(/^(```[\s\S]*?^```)$/m)
    .map((each) => (each.startsWith('```') ? each : bare(each)))
    .join('');
}

function bare(text: string): string {
  return text
    .replaceAll(/<a id="[^"]*"><\/a>/g, '')
    .replaceAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\([^()\s]*\)/g, '$1')
    .replaceAll(/ {2,}\|/g, ' |')
    .replaceAll(/-{4,}/g, '---');
}
