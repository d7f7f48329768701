/** Text that is HTML already: made by `html`, or by the Markdown renderer. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | readonly Part[] | string | number | null;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML in which every part that is no Markup is text, shown as it is spelled. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    pieces
      .map((piece) => piece.replace(/\n\s*/g, '\n'))
      .reduce((sum, piece, index) => `${sum}${rendered(parts[index - 1] ?? null)}${piece}`),
  );
}

function rendered(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(rendered).join('');
  return escaped(part);
}

/** A text as HTML shows it, also within an attribute's quotes. */
export function escaped(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (each) => ENTITIES[each] ?? each);
}
