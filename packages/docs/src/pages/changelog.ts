import { region } from '../regions.js';
import type { Page } from '../regions.js';
import type { DocsSource } from '../source.js';
import { blocks, heading } from '../text/markdown.js';

/** CHANGELOG.md as a page, so that the documentation is complete by itself. */
export function changelogPage({ changelog }: DocsSource): Page {
  const text = blocks(
    heading(1, 'Changelog'),
    'Newest first. This is [CHANGELOG.md](../CHANGELOG.md).',
    ...changelog.flatMap(({ title, body }) => [heading(2, title), body]),
  );
  return { file: 'docs/changelog.md', parts: [region('changelog', text)] };
}
