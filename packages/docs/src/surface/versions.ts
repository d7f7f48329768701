import { patchNote } from '../model/changelog.js';
import type { ChangelogEntry } from '../model/changelog.js';
import type { SurfaceDocs } from '../source.js';
import { blocks, heading, link, prose, table } from '../text/markdown.js';

/** Every release with its patch note, newest first, and the working version where it is not released. */
export function versionsRegion({ entry, releases }: SurfaceDocs, changelog: readonly ChangelogEntry[]): string {
  const isReleased = releases.some(({ version }) => version === entry.version);
  const rows = releases.map(({ version }) => {
    const note = patchNote(changelog, entry.name, version);
    return [
      version,
      note?.summary ?? '',
      note?.changes.replace(`${entry.name} ${version}, `, '') ?? '',
      link('schema', `../schemas/${entry.name}/${version}.json`),
    ];
  });
  const working = isReleased ? [] : [[entry.version, 'Not released yet.', '', '']];
  return blocks(
    heading(2, 'Versions', 'versions'),
    table(['version', 'summary', 'changes', 'published'], [...working, ...rows]),
    entry.majors.length === 0
      ? 'Readers know no older major version. The whole patch notes are in the [changelog](../../CHANGELOG.md).'
      : `Readers migrate documents of the older major versions ${prose(entry.majors.map(({ version }) => version).join(', '))}. The whole patch notes are in the [changelog](../../CHANGELOG.md).`,
  );
}
