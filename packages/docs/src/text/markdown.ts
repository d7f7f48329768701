/** An anchor that links can point at. */
export function anchor(id: string): string {
  return `<a id="${id}"></a>`;
}

/** A heading, with an anchor of its own where an id is given. */
export function heading(level: number, text: string, id?: string): string {
  return `${'#'.repeat(level)} ${id === undefined ? '' : anchor(id)}${text}`;
}

/** Text as code. A backtick in it gets a longer fence. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A fenced block of code. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n+$/, '')}\n\`\`\``;
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}

/** A sentence of the contract as Markdown: what would be taken for markup is escaped. */
export function prose(text: string): string {
  return text
    .replace(/[\\`<]/g, '\\$&')
    .replace(/\*(?=\S)|(?<=\S)\*/g, '\\*')
    .replace(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, '\\_');
}

export function bullets(items: readonly string[]): string {
  return items.map((each) => `- ${each}`).join('\n');
}

/** A GFM table, its columns padded to the same width, as prettier lays it out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => widthOf(cells[column] ?? ''))));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => padded(cells[column] ?? '', width)).join(' | ')} |`;
  const [first = [], ...rest] = lines;
  return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join('\n');
}

/** Blocks with a blank line between them; empty ones are left out. */
export function blocks(...parts: readonly string[]): string {
  return parts.filter((each) => each !== '').join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('|', '\\|').trim();
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}

function widthOf(text: string): number {
  return [...text].length;
}
