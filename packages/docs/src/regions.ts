/** A stretch of a page: a generated region, or prose between regions that belongs to people. */
export type Part =
  | { readonly kind: 'region'; readonly name: string; readonly text: string }
  | { readonly kind: 'prose'; readonly text: string };

/** What a page should hold: its regions in order, and the prose that a new page starts with. */
export interface Page {
  /** Path below the root, with forward slashes. */
  readonly file: string;
  readonly parts: readonly Part[];
}

/** A marker that has no counterpart. */
export interface MarkerTrouble {
  /** Counted from 1. */
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
}

const BEGIN = /^<!-- generated: ([a-z][a-z0-9-]*) -->$/;
const END = '<!-- end generated -->';

export function region(name: string, text: string): Part {
  return { kind: 'region', name, text };
}

/** The page as it is written where no file exists yet. */
export function freshPage({ parts }: Page): string {
  return `${parts
    .map((each) => (each.kind === 'region' ? regionText(each.name, each.text) : each.text.trim()))
    .filter((each) => each !== '')
    .join('\n\n')}\n`;
}

/**
 * The page with its regions renewed and everything outside them as it stands, byte for byte. A region that the file
 * lacks is put behind the one before it; one that the page no longer has goes. Where markers do not match nothing can
 * be told apart, and the trouble is returned.
 */
export function mergePage(page: Page, present: string): string | MarkerTrouble {
  const found = parsePage(present);
  if (!Array.isArray(found)) return found;
  const regions = page.parts.flatMap((each) => (each.kind === 'region' ? [each] : []));
  const held = new Set(found.flatMap((each) => (each.kind === 'region' ? [each.name] : [])));
  const missingAfter = (name: string | null): string[] => {
    const start = name === null ? 0 : regions.findIndex((each) => each.name === name) + 1;
    const end = regions.findIndex((each, index) => index >= start && held.has(each.name));
    return regions.slice(start, end === -1 ? undefined : end).map((each) => regionText(each.name, each.text));
  };
  const leading = missingAfter(null).map((each) => `${each}\n\n`);
  const texts = found.map((each) => {
    if (each.kind === 'prose') return each.text;
    const wanted = regions.find(({ name }) => name === each.name);
    if (wanted === undefined) return '';
    return [regionText(wanted.name, wanted.text), ...missingAfter(wanted.name)].join('\n\n');
  });
  return [...leading, ...texts].join('');
}

/** Everything outside generated regions, joined; null where markers do not match. */
export function proseOf(text: string): string | null {
  const parts = parsePage(text);
  if (!Array.isArray(parts)) return null;
  return parts
    .flatMap((each) => (each.kind === 'prose' ? [each.text] : []))
    .join('')
    .trim();
}

/** Takes a page apart. The parts of an unchanged page, written one after the other, are the page. */
export function parsePage(text: string): Part[] | MarkerTrouble {
  const parts: Part[] = [];
  let open: { name: string; line: number } | null = null;
  let held = '';
  const seen = new Set<string>();
  for (const [index, line] of text.split(/(?<=\n)/).entries()) {
    const word = line.trimEnd();
    const name = BEGIN.exec(word)?.[1];
    if (name !== undefined) {
      if (open !== null) return { line: index + 1, expected: `${END} of "${open.name}"`, actual: word };
      if (seen.has(name)) return { line: index + 1, expected: `one region "${name}"`, actual: 'a second one' };
      seen.add(name);
      parts.push({ kind: 'prose', text: held });
      open = { name, line: index + 1 };
      held = '';
    } else if (word === END) {
      if (open === null) return { line: index + 1, expected: '<!-- generated: NAME --> above', actual: `only ${END}` };
      parts.push({ kind: 'region', name: open.name, text: held.trim() });
      open = null;
      held = line.slice(word.length);
    } else held += line;
  }
  if (open !== null) return { line: open.line, expected: `${END} below`, actual: 'the end of the file' };
  parts.push({ kind: 'prose', text: held });
  return parts.filter((each) => each.kind === 'region' || each.text !== '');
}

function regionText(name: string, text: string): string {
  return `<!-- generated: ${name} -->\n\n${text.trim()}\n\n${END}`;
}
