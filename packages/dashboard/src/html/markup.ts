/** Text that is HTML already: made by `html` only, so that nothing from a file can be taken for it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | readonly Part[] | string | number | null;

/** HTML in which every part that is not made by `html` is text, shown as it is spelled. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    compact(pieces).reduce((sum, piece, index) => `${sum}${rendered(parts[index - 1] ?? null)}${piece}`),
  );
}

const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The pieces of a template without the indentation of the source. */
function compact(pieces: TemplateStringsArray): readonly string[] {
  const known = compacted.get(pieces);
  if (known !== undefined) return known;
  const short = pieces.map((piece) => piece.replace(/\n\s*/g, '\n'));
  compacted.set(pieces, short);
  return short;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Most texts have nothing to look at. */
const PLAIN = /^[ !#$%(-;=?-~]*$/;
/** What would hide or turn around the text beside it. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

function rendered(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(rendered).join('');
  const text = String(part);
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, '\uFFFD').replace(/[&<>"']/g, (each) => ENTITIES[each] ?? each);
}
