/** A GET of a running server. */
export async function get(
  base: string,
  path: string,
): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }> {
  const response = await fetch(new URL(path, base));
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** The JSON of a GET. */
export async function getJson<T>(base: string, path: string): Promise<T> {
  return JSON.parse((await get(base, path)).text) as T;
}

/** A cell of the page that the server renders: its state and its text. */
export interface ShownCell {
  readonly state: string;
  readonly text: string;
}

/** Everything on the page that says how far it can be trusted. */
export function stateCells(html: string): ShownCell[] {
  return [...html.matchAll(/<(td|p|tr)[^>]*data-state="([a-z]+)"[^>]*>([^]*?)<\/\1>/g)].map(
    ([, , state = '', inner = '']) => ({
      state,
      text: plainText(inner),
    }),
  );
}

/** What a person reads: tags gone, entities resolved. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
