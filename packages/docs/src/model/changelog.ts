/** An entry of the changelog. */
export interface ChangelogEntry {
  /** The heading, e.g. "execution_health 1.1.0". */
  readonly title: string;
  /** What stands below it, as Markdown. */
  readonly body: string;
  /** The first paragraph under "Summary"; empty where there is none. */
  readonly summary: string;
}

/** Takes a changelog apart at its second-level headings. */
export function changelogEntries(text: string): ChangelogEntry[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((entry) => {
      const [title = '', ...lines] = entry.split('\n');
      const body = lines.join('\n').trim();
      const summary = /^### Summary\n+([^\n]+)/m.exec(body)?.[1] ?? '';
      return { title: title.trim(), body, summary };
    });
}

/** What the changelog says of one release of a surface; null where it does not name it. */
export function patchNote(
  entries: readonly ChangelogEntry[],
  surface: string,
  version: string,
): { readonly summary: string; readonly changes: string } | null {
  const line = new RegExp(
    `\`schemas/released/${surface}/${version.replaceAll('.', '\\.')}\\.schema\\.json\`: ([^\\n]+)`,
  );
  for (const { body, summary } of entries) {
    const changes = line.exec(body)?.[1];
    if (changes !== undefined) return { summary, changes };
  }
  return null;
}
