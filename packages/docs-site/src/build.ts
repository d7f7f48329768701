import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { isPage, ownFile, publishedFiles } from './files.js';
import { parseDocument } from './markdown/document.js';
import type { Document } from './markdown/document.js';
import { publishedAs, resolveLinks, rootOf } from './markdown/links.js';
import { createParser, visible } from './markdown/parser.js';
import { installRules, renderDocument } from './markdown/render.js';
import { frontPage } from './page/front.js';
import { missingPage } from './page/missing.js';
import { sectionsOf } from './page/navigation.js';
import { pageHtml } from './page/template.js';
import { entriesOf } from './search/entries.js';
import { INDEX_FILE } from './search/entry.js';
import { indexScript } from './search/script.js';

export interface BuildOptions {
  /** Directory of the documentation: Markdown, and the files that are published with it. */
  readonly from: string;
  /** Directory to write to; what is in it and not of the site is left alone. */
  readonly to: string;
}

export interface BuiltSite {
  /** Links and anchors that lead nowhere. Their text is in the page, without a link. */
  readonly findings: readonly Finding[];
  /** Paths below the directory that was written to, sorted, with forward slashes. */
  readonly files: readonly string[];
}

/** Renders the documentation as static HTML. Throws where a directory cannot be read or written. */
export function buildSite({ from, to }: BuildOptions): BuiltSite {
  const { findings, files } = renderSite(from);
  const names = [...files.keys()].toSorted();
  for (const name of names) {
    const file = path.join(to, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, files.get(name) ?? '');
  }
  return { findings, files: names };
}

/** The files of the site by their path. The same documentation gives the same bytes. */
function renderSite(from: string): { findings: readonly Finding[]; files: ReadonlyMap<string, string | Buffer> } {
  const published = publishedFiles(from);
  const files = new Map<string, string | Buffer>(published.map((file) => [file, readFileSync(path.join(from, file))]));
  const md = createParser();
  installRules(md);
  const pages = new Map(
    published.filter(isPage).map((file): [string, Document] => {
      return [file, parseDocument(md, file, visible(readFileSync(path.join(from, file), 'utf8')))];
    }),
  );
  const documents = [...pages.values()];
  const targets = {
    pages,
    files: new Set(published),
    isInRepository: (file: string) => existsSync(path.join(from, file)),
  };
  const findings = documents.flatMap((document) => [...document.findings, ...resolveLinks(document, targets)]);
  const entries = documents.flatMap(entriesOf);

  const script = ownFile('dist-browser/site.js');
  const frame = { sections: sectionsOf(documents), hasSearch: script !== null };
  files.set('index.html', pageHtml(frame, frontPage(frame.sections)));
  for (const document of documents) {
    const name = publishedAs(document.path);
    const root = rootOf(name);
    const { title } = document;
    files.set(name, pageHtml(frame, { title, document, root, body: renderDocument(md, document) }));
  }
  files.set('404.html', pageHtml(frame, missingPage()));
  files.set('site.css', ownFile('assets/site.css') ?? '');
  files.set('icon.svg', ownFile('assets/icon.svg') ?? '');
  if (script === null) return { findings: [...findings, finding('docs-search-missing')], files };
  files.set('site.js', script);
  files.set(INDEX_FILE, indexScript(entries));
  return { findings, files };
}
