import { html } from './markup.js';
import { addressOf, shortTitle } from './navigation.js';
import type { Section } from './navigation.js';
import type { Content } from './template.js';

/** The first page of a documentation that has none of its own: what there is, by sections. */
export function frontPage(sections: readonly Section[]): Content {
  const lists = sections.map(
    ({ name, index, pages }) =>
      html`<h2>${name}</h2>
        <ul>
          ${[...(index === null ? [] : [index]), ...pages].map(
            (page) => html`<li><a href="${addressOf(page)}">${shortTitle(page)}</a></li>`,
          )}
        </ul>`,
  );
  const body = html`<h1>Documentation</h1>
    ${lists}`;
  return { title: 'Documentation', document: null, root: '', body };
}
