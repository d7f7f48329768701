/** A table as prettier lays it out; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const [head = [], ...body] = cells;
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((each, column) => padded(row[column] ?? '', each)).join(' | ')} |`;
  return [line(head), line(widths.map((each) => '-'.repeat(each))), ...body.map(line)];
}

/** Prose on one line, in which nothing is taken for markup. */
export function prose(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*<[\]]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}

function padded(text: string, wanted: number): string {
  return `${text}${' '.repeat(Math.max(0, wanted - width(text)))}`;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes in a terminal. */
function width(text: string): number {
  return [...text].reduce((sum, each) => sum + (/\p{Mn}/u.test(each) ? 0 : WIDE.test(each) ? 2 : 1), 0);
}
