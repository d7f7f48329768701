import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the documentation may hold; any other file stays unpublished. */
const PUBLISHED = /\.(?:md|json|svg|png|jpe?g|txt|yml)$/;

/** Paths of the files below a directory that are published, sorted, with forward slashes; hidden ones are left out. */
export function publishedFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((each) => each.split(path.sep).join('/'))
    .filter((each) => PUBLISHED.test(each) && !each.split('/').some((part) => part.startsWith('.')))
    .filter((each) => statSync(path.join(directory, each)).isFile())
    .toSorted();
}

/** True for Markdown that becomes a page; what is made for coding agents is published as it is. */
export function isPage(file: string): boolean {
  return file.endsWith('.md') && !file.startsWith('llms');
}

/** A file that stands beside the code: a style sheet, an icon, a script that was built. Null where it is not there. */
export function ownFile(relative: string): Buffer | null {
  try {
    return readFileSync(new URL(`../${relative}`, import.meta.url));
  } catch {
    return null;
  }
}
