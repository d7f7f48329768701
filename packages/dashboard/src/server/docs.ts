import { html } from '../html/markup.js';
import { fileAnswer, readFileTable } from './files.js';
import type { FileTable } from './files.js';

const PREFIX = '/docs/';

/** The operator documentation below /docs/, with a list of its files where it has no index of its own. Empty without a directory. */
export function docsTable(dir: string | undefined): FileTable {
  if (dir === undefined) return new Map();
  const files = readFileTable(dir, PREFIX);
  if (files.size === 0 || files.has(PREFIX)) return files;
  const items = [...files.keys()].map((url) => html`<li><a href="${url}">${url.slice(PREFIX.length)}</a></li>`);
  const list = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>hedge-telemetry: documentation</title>
      </head>
      <body>
        <h1>Documentation</h1>
        <ul>
          ${items}
        </ul>
      </body>
    </html>`;
  return new Map([...files, [PREFIX, fileAnswer(Buffer.from(list.text), 'text/html; charset=utf-8')]]);
}
