import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Where a server shows the site. */
const SERVED_AT = '/docs/';

/**
 * Every address in the HTML below a directory that leads nowhere, as `page: address`: a file that is not there, an id that
 * its page does not have, and what is neither relative nor https. It reads the HTML alone and knows nothing of how it was made.
 */
export function brokenLinks(dir: string): string[] {
  const pages = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  return pages.flatMap((page) => {
    const text = readFileSync(path.join(dir, page), 'utf8');
    return attributes(text, 'href|src')
      .filter((address) => !resolves(dir, page, address))
      .map((address) => `${page}: ${address}`)
      .concat(repeatedIds(text).map((id) => `${page}: the id ${id} occurs twice`));
  });
}

function resolves(dir: string, page: string, address: string): boolean {
  if (address.startsWith('https://')) return true;
  if (/^[a-z]+:/i.test(address)) return false;
  const [before = '', fragment] = address.split('#');
  const target = before.startsWith(SERVED_AT)
    ? path.join(dir, before.slice(SERVED_AT.length))
    : path.join(dir, before === '' ? page : path.join(path.dirname(page), decodeURIComponent(before)));
  if (!existsSync(target) || !statSync(target).isFile()) return false;
  if (fragment === undefined || fragment === '') return true;
  return attributes(readFileSync(target, 'utf8'), 'id').includes(decodeURIComponent(fragment));
}

function repeatedIds(text: string): string[] {
  const ids = attributes(text, 'id');
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function attributes(text: string, names: string): string[] {
  return [...text.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, 'g'))].map(([, value]) =>
    (value ?? '').replaceAll('&amp;', '&'),
  );
}
