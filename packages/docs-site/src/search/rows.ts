import type { Token } from 'markdown-it';
import { plainText } from '../markdown/text.js';

/** A row of a table's body. */
export interface Row {
  /** Its anchor. */
  readonly id: string | null;
  /** Anchor of the same page that its first cell leads to: the row says more of what stands there. */
  readonly refersTo: string | null;
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly column: string;
  readonly text: string;
}

/** The rows of all tables of a page whose links were resolved, each cell with the name of its column. */
export function tableRows(tokens: readonly Token[]): Row[] {
  const rows: { id: string | null; refersTo: string | null; cells: Cell[] }[] = [];
  let columns: string[] = [];
  tokens.forEach((token, index) => {
    if (token.type === 'table_open') columns = [];
    if (token.type === 'tr_open') rows.push({ id: token.attrGet('id') as string | null, refersTo: null, cells: [] });
    if (token.type !== 'inline') return;
    const row = rows.at(-1);
    const cell = tokens[index - 1]?.type;
    if (cell === 'th_open') columns.push(plainText(token));
    if (cell !== 'td_open' || row === undefined) return;
    if (row.cells.length === 0) row.refersTo = localTarget(token);
    row.cells.push({ column: columns[row.cells.length] ?? '', text: plainText(token) });
  });
  return rows.filter(({ cells }) => cells.length > 0);
}

function localTarget({ children }: Token): string | null {
  const href = children?.[0]?.type === 'link_open' ? String(children[0].attrGet('href') ?? '') : '';
  return href.startsWith('#') ? decodeURIComponent(href.slice(1)) : null;
}
