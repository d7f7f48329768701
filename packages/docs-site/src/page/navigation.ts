import type { Document } from '../markdown/document.js';
import { publishedAs } from '../markdown/links.js';

/** A group of pages, as the navigation shows them. */
export interface Section {
  readonly name: string;
  /** Folder below the documentation; the guides have none. */
  readonly folder: string;
  /** The page that introduces the group. */
  readonly index: Document | null;
  readonly pages: readonly Document[];
}

const NAMES: Readonly<Record<string, string>> = {
  '': 'Guides',
  surfaces: 'Surfaces',
  ledgers: 'Ledgers',
  index: 'Indexes',
  rules: 'Rules',
};
const ORDER = Object.keys(NAMES);
const ENTRY = 'README.md';

/** The pages by their folders: the known ones in a fixed order, others by name. The entry page is in none. */
export function sectionsOf(pages: readonly Document[]): Section[] {
  const folders = new Map<string, Document[]>();
  for (const page of pages.filter(({ path }) => path !== ENTRY)) {
    const folder = folderOf(page);
    folders.set(folder, [...(folders.get(folder) ?? []), page]);
  }
  return [...folders.keys()].toSorted(byOrder).map((folder) => {
    const members = folders.get(folder) ?? [];
    const index = members.find(({ path }) => path === `${folder}/${ENTRY}`) ?? null;
    return {
      folder,
      name: NAMES[folder] ?? folder,
      index,
      pages: members.filter((page) => page !== index).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    };
  });
}

/** Folder of a page, down to the first one: pages of deeper folders stand with the others. */
export function folderOf({ path }: Pick<Document, 'path'>): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '';
}

/** What the navigation calls a page: what its title says before the first dash, colon or parenthesis. */
export function shortTitle({ title }: Document): string {
  return title.split(/ [–—-] |: | \(/)[0] ?? title;
}

/** Address of a page below the root of the site. */
export function addressOf({ path }: Pick<Document, 'path'>): string {
  return publishedAs(path).split('/').map(encodeURIComponent).join('/');
}

function byOrder(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(folder: string): number {
  const place = ORDER.indexOf(folder);
  return place === -1 ? ORDER.length : place;
}
