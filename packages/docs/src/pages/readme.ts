import { region } from '../regions.js';
import type { Page } from '../regions.js';
import { surfacePage } from '../source.js';
import type { DocsSource, SurfaceDocs } from '../source.js';
import { blocks, bullets, code, heading, link, prose, table } from '../text/markdown.js';
import { durationText } from '../text/words.js';

/** The entry page: every surface, the indexes, and the pages that people write. */
export function readmePage({ surfaces }: DocsSource): Page {
  const kind = (word: string): SurfaceDocs[] => surfaces.filter(({ entry }) => entry.kind === word);
  return {
    file: 'docs/README.md',
    parts: [
      { kind: 'prose', text: INTRODUCTION },
      region('surfaces', blocks(heading(2, 'State surfaces', 'surfaces'), surfaceTable(kind('state')))),
      region('ledgers', blocks(heading(2, 'Ledgers', 'ledgers'), surfaceTable(kind('ledger')))),
      region('indexes', blocks(heading(2, 'Indexes', 'indexes'), bullets(INDEXES))),
      { kind: 'prose', text: GUIDES },
    ],
  };
}

function surfaceTable(surfaces: readonly SurfaceDocs[]): string {
  return table(
    ['name', 'what it says', 'file', 'owner', 'stale after'],
    surfaces.map(({ entry }) => [
      link(entry.name, surfacePage(entry)),
      prose(entry.description),
      code(`logs/${entry.file}`),
      prose(entry.owner),
      entry.staleAfterSeconds === null ? 'never' : durationText(entry.staleAfterSeconds),
    ]),
  );
}

const INDEXES = [
  '[Fields](index/fields.md): every key of the contract, by its name',
  '[Units](index/units.md): what each stands for, and the fields in it',
  '[Owners](index/owners.md): who answers for which surface',
  '[Metrics](index/metrics.md): the time series and the fields they come from',
  '[Findings](rules/README.md): every rule, with level and fix',
  '[Changelog](changelog.md)',
  '[llms.txt](llms.txt) and [llms-full.txt](llms-full.txt): the same for coding agents',
  '[catalog.json](schemas/catalog.json): the published JSON Schemas',
];

const INTRODUCTION = `# Operator documentation

What the telemetry of the trading system says, who writes it, and what to do when it is stale, missing or wrong. Pages of surfaces, ledgers and findings are generated from \`schemas/\`; text outside the generated regions is written by people and stays.

Start from a symptom:

- **A value is stale**: open the page of its surface below; "Runbook" says where to look.
- **A value is "not reported"**: its page says what null and a missing key mean for that field.
- **A finding**: look up its rule under [Findings](rules/README.md).
- **A name you do not know**: [Fields](index/fields.md) lists every key, [Units](index/units.md) every unit.`;

const GUIDES = `## Guides

- [The mirror](mirror.md): what \`sync\` copies, and what it does when it finds something broken
- [Durability](durability.md): what the writer's files survive
- [A fleet](fleet.md): many executors over NATS JetStream
- [Changing a schema](changing-a-schema.md): a worked example`;
