import type { MarkdownIt, Renderer, Token } from 'markdown-it';
import { Markup, escaped } from '../page/markup.js';
import type { Document } from './document.js';
import { plainText } from './text.js';

/** What the rules of the renderer keep while they go through a page. */
interface Place {
  section: string;
  tables: number;
}

/** The HTML of a page whose links were resolved. */
export function renderDocument(md: MarkdownIt, { tokens, title }: Document): Markup {
  const place: Place = { section: title, tables: 0 };
  return new Markup(md.renderer.render([...tokens], { ...md.options }, { place }));
}

/** Teaches a parser's renderer what this site's pages look like. No rule writes inline styles or scripts. */
export function installRules({ renderer }: MarkdownIt): void {
  Object.assign(renderer.rules, {
    anchor: (tokens, index) => `<a${attribute('id', valueOf(tokens[index], 'id'))}></a>`,
    heading_open: (tokens, index, _options, env) => {
      const { tag } = tokenAt(tokens, index);
      Object.assign(placeOf(env), { section: textAt(tokens, index + 1), tables: 0 });
      return `<div class="heading ${tag}"><${tag}${attribute('id', valueOf(tokens[index], 'id'))}>`;
    },
    heading_close: (tokens, index) => {
      const label = attribute('aria-label', `Link to ${textAt(tokens, index - 1)}`);
      const href = attribute('href', `#${encodeURIComponent(valueOf(tokens[index - 2], 'id'))}`);
      return `</${tokenAt(tokens, index).tag}><a class="self"${href}${label}>#</a></div>\n`;
    },
    table_open: (_tokens, _index, _options, env) => {
      const place = placeOf(env);
      place.tables += 1;
      const label = place.tables === 1 ? place.section : `${place.section}, table ${place.tables}`;
      return `<div class="scroll" role="group" tabindex="0"${attribute('aria-label', label)}><table>\n`;
    },
    table_close: () => '</table></div>\n',
    th_open: (tokens, index) => `<th scope="col"${alignment(tokens[index])}>`,
    td_open: (tokens, index) => `<td${alignment(tokens[index])}>`,
    fence: (tokens, index) => code(tokenAt(tokens, index)),
    code_block: (tokens, index) => code(tokenAt(tokens, index)),
    link_open: (tokens, index) => {
      const href = valueOf(tokens[index], 'href');
      if (href === '') return '<span class="unlinked">';
      const outside = href.startsWith('https:') ? ' rel="external noreferrer"' : '';
      return `<a${attribute('href', href)}${title(tokens[index])}${outside}>`;
    },
    link_close: (tokens, index) => closing(openingOf(tokens, index)),
    image: (tokens, index) => {
      const src = valueOf(tokens[index], 'src');
      const alt = textAt(tokens, index);
      if (src === '') return `<span class="unlinked">${escaped(alt)}</span>`;
      return `<img${attribute('src', src)}${attribute('alt', alt)}${title(tokens[index])} loading="lazy">`;
    },
  } satisfies Renderer['rules']);
}

function placeOf(env: Readonly<Record<string, unknown>> | undefined): Place {
  return env?.['place'] as Place;
}

function tokenAt(tokens: readonly Token[], index: number): Token {
  const token = tokens[index];
  if (token === undefined) throw new RangeError(`there is no token ${index} of ${tokens.length}`);
  return token;
}

function textAt(tokens: readonly Token[], index: number): string {
  return plainText(tokenAt(tokens, index));
}

/** The value of a token's attribute; empty where it has none. */
function valueOf(token: Token | undefined, name: string): string {
  return String(token?.attrGet(name) ?? '');
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escaped(value)}"`;
}

function title(token: Token | undefined): string {
  const text = valueOf(token, 'title');
  return text === '' ? '' : attribute('title', text);
}

/** A column's alignment as a class: the policy of the server forbids styles in attributes. */
function alignment(token: Token | undefined): string {
  const side = /right|center/.exec(valueOf(token, 'style'))?.[0];
  return side === undefined ? '' : attribute('class', side);
}

function code({ content, info }: Token): string {
  const [language = ''] = info.trim().split(/\s/);
  const label = attribute('aria-label', language === '' ? 'Code' : `Code: ${language}`);
  return `<pre role="group" tabindex="0"${label}><code>${escaped(content)}</code></pre>\n`;
}

/** Where a link leads to a file that is not published, its path in the repository stands behind it. */
function closing(open: Token | undefined): string {
  if (valueOf(open, 'href') !== '') return '</a>';
  const path = open?.meta?.['repository'];
  return typeof path === 'string' ? `</span> (<code>${escaped(path)}</code>)` : '</span>';
}

function openingOf(tokens: readonly Token[], index: number): Token | undefined {
  return tokens.slice(0, index).findLast(({ type }) => type === 'link_open');
}
