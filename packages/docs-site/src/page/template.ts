import type { Document, Heading } from '../markdown/document.js';
import { Markup, html } from './markup.js';
import { addressOf, folderOf, shortTitle } from './navigation.js';
import type { Section } from './navigation.js';

/** What every page of a site shares. */
export interface Frame {
  readonly sections: readonly Section[];
  /** Without the script the pages show no search box. */
  readonly hasSearch: boolean;
}

/** A page to be framed. */
export interface Content {
  readonly title: string;
  /** The page of the documentation that it is; null for one that stands in its stead. */
  readonly document: Document | null;
  /** What leads from the page to the root of the site, e.g. `../`. */
  readonly root: string;
  readonly body: Markup;
}

const NAME = 'hedge-telemetry';
/** Pages of a group that the list of pages shows at most. */
const LISTED = 40;

/** A whole page: one style sheet, one script, nothing inline and nothing from elsewhere. */
export function pageHtml(frame: Frame, content: Content): string {
  const { title, document, root, body } = content;
  const markdown = document === null ? null : (document.path.split('/').at(-1) ?? null);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – ${NAME}</title>
        <link rel="icon" href="${root}icon.svg" />
        <link rel="stylesheet" href="${root}site.css" />
        ${markdown === null ? null : html`<link rel="alternate" type="text/markdown" href="${markdown}" />`}
        ${frame.hasSearch ? html`<script src="${root}site.js" defer></script>` : null}
      </head>
      <body>
        <a class="skip" href="#_content">Skip to the text</a>
        <a class="skip" href="#_pages">Skip to the list of pages</a>
        <header class="top">
          <a class="brand" href="${root}index.html">${NAME} <span>documentation</span></a>
          ${frame.hasSearch ? searchBox(root) : null}
          <a class="to-pages" href="#_pages">Pages</a>
        </header>
        <div class="layout">
          <main id="_content" tabindex="-1">
            ${breadcrumbs(frame, content)} ${contents(document?.headings ?? [])}
            <article>${body}</article>
          </main>
          <nav id="_pages" tabindex="-1" aria-label="Pages">${frame.sections.map((each) => group(each, content))}</nav>
        </div>
      </body>
    </html> `.text;
}

/** The search box; the script shows it, as nothing can be searched without. */
function searchBox(root: string): Markup {
  return html`<div class="search" role="search" data-root="${root}" hidden>
    <input
      id="_search"
      type="search"
      role="combobox"
      placeholder="Search (press /)"
      aria-label="Search the documentation"
      aria-autocomplete="list"
      aria-expanded="false"
      aria-controls="_results"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
    />
    <ul id="_results" role="listbox" aria-label="Results" hidden></ul>
    <p class="unseen" role="status"></p>
  </div>`;
}

function breadcrumbs({ sections }: Frame, { document, root, title }: Content): Markup | null {
  if (document?.path === 'README.md') return null;
  const section = document === null ? undefined : sections.find(({ folder }) => folder === folderOf(document));
  const isIndex = section !== undefined && section.index === document;
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
    <ol>
      <li><a href="${root}index.html">Documentation</a></li>
      ${section === undefined || isIndex ? null : html`<li>${sectionLink(section, root)}</li>`}
      <li aria-current="page">${document === null ? title : shortTitle(document)}</li>
    </ol>
  </nav>`;
}

function sectionLink({ index, name }: Section, root: string): Markup | string {
  return index === null ? name : html`<a href="${root}${addressOf(index)}">${name}</a>`;
}

/** The list of what is on the page: its sections and the sections within them. */
function contents(headings: readonly Heading[]): Markup | null {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return null;
  return html`<nav class="contents" aria-label="On this page">
    <p>On this page</p>
    <ul>
      ${shown.map(
        ({ id, text, level }) => html`<li class="level-${level}"><a href="#${encodeURIComponent(id)}">${text}</a></li>`,
      )}
    </ul>
  </nav>`;
}

/** A group of the list of pages; of a large one that has an overview only that is listed, and the page itself. */
function group(section: Section, { document, root }: Content): Markup {
  const { name, index, pages } = section;
  const listed = index === null || pages.length <= LISTED ? pages : pages.filter((page) => page === document);
  const links = [...(index === null ? [] : [index]), ...listed].map((page) => {
    const current = page === document ? html` aria-current="page"` : null;
    const text = page === index ? `All ${pages.length}` : shortTitle(page);
    return html`<li><a href="${root}${addressOf(page)}" ${current}>${text}</a></li>`;
  });
  return html`<details open>
    <summary>${name}</summary>
    <ul>
      ${links}
    </ul>
  </details>`;
}
