import { safe } from './safe.js';
import type { Ink, Style } from './style.js';

/** A cell of a table. */
export interface Cell {
  readonly text: string;
  readonly ink?: Ink | undefined;
  readonly align?: 'right';
}

const GAP = '  ';

/** Lines of a table whose columns are as wide as their widest cell. */
export function renderTable(rows: readonly (readonly Cell[])[], style: Style): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, { text }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length);
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      renderCell(cell, column < row.length - 1 ? (widths[column] ?? 0) : 0, style),
    );
    return cells.join(GAP).trimEnd();
  });
}

function renderCell({ text, ink, align }: Cell, width: number, style: Style): string {
  const padding = ' '.repeat(Math.max(0, width - text.length));
  const painted = style(ink, safe(text));
  return align === 'right' ? padding + painted : painted + padding;
}
