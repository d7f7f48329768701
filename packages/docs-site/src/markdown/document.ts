import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import type { MarkdownIt, Token } from 'markdown-it';
import { createSlugs } from './slug.js';
import { ANCHOR_TOKEN } from './syntax.js';
import { plainText } from './text.js';

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** A parsed page. Its tokens carry the ids of headings and rows. */
export interface Document {
  /** Path below the documentation, with forward slashes, e.g. surfaces/nav.md. */
  readonly path: string;
  readonly title: string;
  readonly tokens: readonly Token[];
  /** In order, the title among them. */
  readonly headings: readonly Heading[];
  readonly ids: ReadonlySet<string>;
  /** Ids by what a heading with an anchor of its own would be called by its text. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** Parses a page and moves its anchors to the headings and rows that they stand in. */
export function parseDocument(md: MarkdownIt, path: string, text: string): Document {
  const tokens = md.parse(text, {});
  const ids = new Set<string>();
  const findings: Finding[] = [];
  const take = (id: string, line: number | null): void => {
    if (ids.has(id)) findings.push(finding('docs-anchor-repeated', { file: path, line, actual: id }));
    ids.add(id);
  };
  placeAnchors(tokens, take);
  const { headings, slugs } = nameHeadings(tokens, take);
  const title = headings.find(({ level }) => level === 1)?.text ?? path.replace(/^.*\/|\.md$/g, '');
  return { path, title, tokens, headings, ids, slugs, findings };
}

type Take = (id: string, line: number | null) => void;

/** The first anchor of a heading becomes its id, that of a row's first cell the id of the row; others stay where they are. */
function placeAnchors(tokens: readonly Token[], take: Take): void {
  let row: Token | null = null;
  let line: number | null = null;
  tokens.forEach((token, index) => {
    if (token.map !== null) line = token.map[0] + 1;
    if (token.type === 'tr_open') row = token;
    if (token.type !== 'inline') return;
    const before = tokens[index - 1];
    const bearer = before?.type === 'heading_open' ? before : before?.type === 'td_open' ? row : null;
    if (before?.type === 'td_open') row = null;
    const first = token.children?.[0];
    if (bearer !== null && first?.type === ANCHOR_TOKEN) {
      bearer.attrSet('id', String(first.attrGet('id')));
      token.children?.shift();
      take(String(first.attrGet('id')), line);
    }
    for (const each of token.children ?? []) if (each.type === ANCHOR_TOKEN) take(String(each.attrGet('id')), line);
  });
}

function nameHeadings(tokens: readonly Token[], take: Take): Pick<Document, 'headings' | 'slugs'> {
  const slugOf = createSlugs();
  const slugs = new Map<string, string>();
  const headings = tokens.flatMap((token, index): Heading[] => {
    const inline = tokens[index + 1];
    if (token.type !== 'heading_open' || inline === undefined) return [];
    const text = plainText(inline);
    const named = slugOf(text);
    const own = token.attrGet('id');
    if (own === null) {
      token.attrSet('id', named);
      take(named, token.map === null ? null : token.map[0] + 1);
    }
    const id = String(own ?? named);
    slugs.set(named, id);
    return [{ level: Number(token.tag.slice(1)), id, text }];
  });
  return { headings, slugs };
}
