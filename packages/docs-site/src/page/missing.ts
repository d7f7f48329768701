import { html } from './markup.js';
import type { Content } from './template.js';

/** Where the dashboard serves the site; the page for what is not there may be asked for at any depth below. */
const SERVED_AT = '/docs/';

/** The page that a server shows where there is none. */
export function missingPage(): Content {
  return {
    title: 'No such page',
    document: null,
    root: SERVED_AT,
    body: html`<h1>No such page</h1>
      <p>The documentation has no page at this address. It may have been renamed with what it describes.</p>
      <p><a href="${SERVED_AT}index.html">Start of the documentation</a></p>`,
  };
}
