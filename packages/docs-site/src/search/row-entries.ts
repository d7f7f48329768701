import type { Document } from '../markdown/document.js';
import { publishedAs } from '../markdown/links.js';
import type { Entry } from './entry.js';
import { tableRows } from './rows.js';
import type { Cell, Row } from './rows.js';
import { shortened } from './shorten.js';

const UNIT_COLUMN = /^unit/i;
const MEANING_COLUMN = /^(?:meaning|description)/i;
const ALIAS_COLUMN = /^(?:old names?|alias(?:es)?)$/i;
/** First column of a table that says what fields are called elsewhere; the second has their name here. */
const DIALECT_COLUMN = /dialect|legacy|alias/i;

/**
 * The rows of a page that have an anchor. Rows elsewhere on the page that lead to one add what they say to it; a table of a
 * dialect adds the names that the dialect has for it.
 */
export function rowEntries({ path, title, tokens }: Document): Entry[] {
  const rows = tableRows(tokens);
  const more = rowsByTarget(rows);
  const spellings = rows.flatMap(spellingOf);
  return rows.flatMap(({ id, cells: [first, ...rest] }): Entry[] => {
    if (id === null || first === undefined) return [];
    const cells = [...rest, ...(more.get(id) ?? []).flatMap((row) => row.cells.slice(1))];
    return [
      {
        url: `${publishedAs(path)}#${encodeURIComponent(id)}`,
        kind: id.startsWith('field-') ? 'Field' : 'Entry',
        title: first.text,
        page: title,
        aliases: aliasesOf(first.text, cells, spellings),
        unit: cells.find(({ column }) => UNIT_COLUMN.test(column))?.text ?? '',
        text: joined(cells, (column) => MEANING_COLUMN.test(column)),
        more: joined(cells, (column) => ![MEANING_COLUMN, UNIT_COLUMN, ALIAS_COLUMN].some((each) => each.test(column))),
      },
    ];
  });
}

/** The old names that the page lists for a field; where it lists none, the paths that the tables of its dialects lead to it. */
function aliasesOf(name: string, cells: readonly Cell[], spellings: readonly Spelling[]): string {
  const listed = cells.filter(({ column, text }) => ALIAS_COLUMN.test(column) && text !== '');
  if (listed.length > 0) return unique(listed.map(({ text }) => text)).join(', ');
  return unique(spellings.filter((each) => stands(name, each.name)).map(({ spelling }) => spelling)).join(', ');
}

function rowsByTarget(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const byTarget = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.refersTo === null) continue;
    const known = byTarget.get(row.refersTo);
    if (known === undefined) byTarget.set(row.refersTo, [row]);
    else known.push(row);
  }
  return byTarget;
}

interface Spelling {
  readonly name: string;
  readonly spelling: string;
}

function spellingOf({ cells: [first, second] }: Row): Spelling[] {
  if (first === undefined || second === undefined) return [];
  return !DIALECT_COLUMN.test(first.column) || second.text === '' || first.text === second.text
    ? []
    : [{ name: second.text, spelling: first.text }];
}

/** True where a path of the contract, in which `*` stands for any key, is the path of a document. */
function stands(path: string, name: string): boolean {
  if (path === name) return true;
  const [keys, names] = [path.split('.'), name.split('.')];
  return keys.length === names.length && keys.every((key, index) => key === '*' || key === names[index]);
}

function joined(cells: readonly Cell[], isWanted: (column: string) => boolean): string {
  const texts = cells.filter(({ column, text }) => text !== '' && isWanted(column)).map(({ text }) => text);
  return shortened(unique(texts).join(' · '));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
