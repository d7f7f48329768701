import type { SurfaceDocs } from '../source.js';
import { blocks, code, heading, link, prose, table } from '../text/markdown.js';
import { durationText } from '../text/words.js';

/** Title, and what kind of file it is. */
export function headRegion({ entry }: SurfaceDocs): string {
  const kind = entry.kind === 'state' ? 'State surface: one JSON document' : 'Ledger: one JSON record per line';
  return blocks(heading(1, entry.name), `${kind} in ${code(`logs/${entry.file}`)}. Owner: ${prose(entry.owner)}.`);
}

/** Purpose: the sentence of the schema, below which people say more. */
export function purposeRegion({ entry }: SurfaceDocs): string {
  return blocks(heading(2, 'Purpose', 'purpose'), prose(entry.description));
}

/** Who writes the file, when, and how long it counts as fresh. */
export function factsRegion(surface: SurfaceDocs): string {
  const { entry, file } = surface;
  const rows = [
    ['File', code(`logs/${entry.file}`)],
    ['Status', entry.status],
    ['Owner', prose(entry.owner)],
    ['Writer', prose(entry.writer)],
    ['Consumers', entry.consumers.map(prose).join('; ')],
    ['Cadence', prose(entry.cadence)],
    ['Stale after', staleText(surface)],
    ['Age', ageText(surface)],
    ['Sensitivity', entry.sensitivity],
    ['Version', `${entry.version}${entry.schemaTagged ? `, tag ${code(entry.schemaTag)}` : ', untagged'}`],
    [
      'Schema',
      `${link(code(file.path), `../../schemas/${file.path}`)}; published: ${link('JSON Schema', `../schemas/${file.path}`)}`,
    ],
  ];
  return blocks(heading(2, 'Facts', 'facts'), table(['what', 'value'], rows));
}

function staleText({ entry, file }: SurfaceDocs): string {
  const facts = file.schema['x-surface'] as Readonly<Record<string, unknown>>;
  const note = facts['stale_after_note'];
  if (entry.staleAfterSeconds === null) return 'never: silence is normal';
  return `${durationText(entry.staleAfterSeconds)}${typeof note === 'string' ? `. ${prose(note)}` : ''}`;
}

function ageText({ entry: { age } }: SurfaceDocs): string {
  const parts = [
    `the reader's clock minus ${code(age.pointer)}${age.pointer.includes('*') ? ', the newest of them' : ''}`,
    ...(age.content === undefined
      ? []
      : [`plus ${code(age.content)}, the age that the content had when it was written`]),
    ...(age.companion === undefined
      ? []
      : [
          `where there is no row, ${code(age.companion.pointer)} of ${link(age.companion.surface, `${age.companion.surface}.md`)}, provided that ${code(age.companion.rows)} there is the same`,
        ]),
  ];
  return parts.join('; ');
}
