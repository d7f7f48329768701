import { html } from '../html/markup.js';
import { fileAnswer, readFileTable } from './files.js';
import type { FileTable } from './files.js';
import type { Answer } from './respond.js';

const PREFIX = '/docs/';
/** The page for what is not there, where the documentation has one. */
const MISSING = `${PREFIX}404.html`;

/** What is answered to a path below /docs/ that no file has: the documentation's own page; null for any other path. */
export function missingDocsPage(files: FileTable, path: string): Answer | null {
  const page = path.startsWith(PREFIX) ? files.get(MISSING) : undefined;
  return page === undefined ? null : { ...page, status: 404, headers: {} };
}

/**
 * The operator documentation below /docs/, with a list of its files where it has no index of its own; a folder's address
 * without the slash at its end leads to the one with it. Empty without a directory.
 */
export function docsTable(dir: string | undefined): FileTable {
  if (dir === undefined) return new Map();
  const files = readFileTable(dir, PREFIX);
  if (files.size === 0) return files;
  const table = files.has(PREFIX) ? files : new Map([...files, [PREFIX, listOf(files)]]);
  const folders = [...table.keys()].filter((url) => url.endsWith('/'));
  return new Map([...table, ...folders.map((url): [string, Answer] => [url.slice(0, -1), redirect(url)])]);
}

function redirect(location: string): Answer {
  return { status: 308, type: 'text/plain; charset=utf-8', body: '', headers: { location } };
}

function listOf(files: FileTable): Answer {
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
  return fileAnswer(Buffer.from(list.text), 'text/html; charset=utf-8');
}
