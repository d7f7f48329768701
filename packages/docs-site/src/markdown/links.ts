import { posix } from 'node:path';
import { finding } from '@hedge-telemetry/contract';
import type { Finding, RuleId } from '@hedge-telemetry/contract';
import type { Token } from 'markdown-it';
import type { Document } from './document.js';

/** What a link can lead to. */
export interface Targets {
  /** Pages by their path below the documentation. */
  readonly pages: ReadonlyMap<string, Document>;
  /** Paths of the files that are published as they are. */
  readonly files: ReadonlySet<string>;
  /** True where a path below the directory that holds the documentation exists, though it is not published. */
  readonly isInRepository: (path: string) => boolean;
}

/** Where a page of Markdown is published. */
export function publishedAs(path: string): string {
  return path.replace(/(^|\/)README\.md$/, '$1index.html').replace(/\.md$/, '.html');
}

/** What leads from a page to the root of the site: empty, or `../` for each folder that the page is in. */
export function rootOf(page: string): string {
  return '../'.repeat(page.split('/').length - 1);
}

/**
 * Gives every link and image of a page its published address, and takes the address of those away that lead nowhere or
 * elsewhere than to the documentation or to https. What is left has its `href` or `src` in the tokens' attributes.
 */
export function resolveLinks(document: Document, targets: Targets): Finding[] {
  const findings: Finding[] = [];
  let line: number | null = null;
  const judge = (token: Token, name: 'href' | 'src'): boolean => {
    const given = String(token.attrGet(name) ?? '');
    const result = name === 'href' ? linkOf(document, targets, given) : imageOf(document, targets, given);
    if ('address' in result) token.attrSet(name, result.address);
    else {
      token.attrs = (token.attrs ?? []).filter(([each]) => each !== name);
      token.meta = { repository: 'repository' in result ? result.repository : null };
      if ('rule' in result) findings.push(finding(result.rule, { file: document.path, line, actual: given }));
    }
    return 'address' in result;
  };
  for (const token of document.tokens) {
    if (token.map !== null) line = token.map[0] + 1;
    for (const child of token.children ?? []) visit(child, judge);
  }
  return findings;
}

function visit(token: Token, judge: (token: Token, name: 'href' | 'src') => boolean): void {
  if (token.type === 'link_open') judge(token, 'href');
  if (token.type === 'image') judge(token, 'src');
  for (const child of token.type === 'image' ? [] : (token.children ?? [])) visit(child, judge);
}

type Resolved =
  | { readonly address: string }
  /** Path of a file that is not published. */
  | { readonly repository: string }
  | { readonly rule: RuleId };

const SCHEME = /^(?:[a-z][a-z0-9+.-]*:|\/\/|\\)/i;
const IMAGE = /\.(?:svg|png|jpe?g)$/;

function linkOf(document: Document, { pages, files, isInRepository }: Targets, given: string): Resolved {
  if (given.startsWith('https://')) return { address: given };
  if (SCHEME.test(given)) return { rule: 'docs-link-refused' };
  const [before = '', fragment] = given.split(/#(.*)/s);
  const path = before === '' ? document.path : pathOf(document, before);
  if (path === null) return { rule: 'docs-link-broken' };
  const target = pages.get(path) ?? pages.get(posix.join(path, 'README.md'));
  if (target !== undefined) return pageAddress(document, target, fragment);
  if (files.has(path)) return { address: rootOf(document.path) + encoded(path) };
  if (path.startsWith('../') && isInRepository(path)) return { repository: posix.normalize(posix.join('docs', path)) };
  return { rule: 'docs-link-broken' };
}

function pageAddress(document: Document, target: Document, fragment: string | undefined): Resolved {
  const page = target === document ? '' : rootOf(document.path) + encoded(publishedAs(target.path));
  if (fragment === undefined || fragment === '') return { address: page || '#' };
  const asked = decoded(fragment);
  const id = asked !== null && target.ids.has(asked) ? asked : target.slugs.get(asked ?? '');
  return id === undefined ? { rule: 'docs-anchor-missing' } : { address: `${page}#${encodeURIComponent(id)}` };
}

function imageOf(document: Document, { files }: Targets, given: string): Resolved {
  if (SCHEME.test(given)) return { rule: 'docs-link-refused' };
  const path = pathOf(document, given);
  if (path === null || !files.has(path) || !IMAGE.test(path)) return { rule: 'docs-link-broken' };
  return { address: rootOf(document.path) + encoded(path) };
}

/** Path below the documentation, with `..` in front where it leaves it; null for an address that is no relative path. */
function pathOf(document: Document, address: string): string | null {
  const relative = decoded(address);
  if (relative === null || relative.startsWith('/') || /[?\\\0]/.test(relative)) return null;
  return posix.join(posix.dirname(document.path), relative).replace(/\/$/, '');
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
