import type { Token } from 'markdown-it';
import type { Document } from '../markdown/document.js';
import { publishedAs } from '../markdown/links.js';
import { plainText } from '../markdown/text.js';
import type { Entry } from './entry.js';
import { rowEntries } from './row-entries.js';
import { TEXT_LENGTH, shortened } from './shorten.js';

/** What a page is, by its folder. */
const KINDS: Readonly<Record<string, string>> = {
  surfaces: 'Surface',
  ledgers: 'Ledger',
  rules: 'Rule',
  index: 'Index',
};

/** What can be found on a page: itself, its sections, and the rows that have an anchor. */
export function entriesOf(document: Document): Entry[] {
  const { path, title, headings, tokens } = document;
  const url = publishedAs(path);
  const texts = sectionTexts(tokens);
  const kind = KINDS[path.split('/')[0] ?? ''] ?? 'Guide';
  const sections = headings.map(({ id, text, level }): Entry => ({
    ...(level === 1 && text === title
      ? { url, kind, page: '' }
      : { url: `${url}#${encodeURIComponent(id)}`, kind: 'Section', page: title }),
    title: text,
    aliases: '',
    unit: '',
    text: texts.get(id) ?? '',
    more: '',
  }));
  // The pages of the index only point to what is found elsewhere.
  return kind === 'Index' ? sections.slice(0, 1) : [...sections, ...rowEntries(document)];
}

/** The words of each section by the id of its heading, rows with an anchor left out. */
function sectionTexts(tokens: readonly Token[]): Map<string, string> {
  const texts = new Map<string, string>();
  let id = '';
  let isOwnEntry = false;
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') id = String(token.attrGet('id'));
    if (token.type === 'tr_open') isOwnEntry = token.attrGet('id') !== null;
    if (token.type === 'tr_close') isOwnEntry = false;
    if (token.type !== 'inline' || isOwnEntry || tokens[index - 1]?.type === 'heading_open') return;
    const known = texts.get(id) ?? '';
    if (known.length < TEXT_LENGTH) texts.set(id, `${known} ${plainText(token)}`.trim());
  });
  for (const [key, text] of texts) texts.set(key, shortened(text));
  return texts;
}
