/** Says whether a path below the source's root, with forward slashes, is to be mirrored though the contract does not know it. */
export type Include = (file: string) => boolean;

/**
 * Makes a filter of patterns: a path names a file, or a directory with all that is below it; `*` and `?` stand for
 * characters of one name, `**` for any number of directories. Throws a TypeError where a pattern leads out of the source.
 */
export function includeOf(patterns: readonly string[]): Include {
  const tests = patterns.map(patternOf);
  return (file) => tests.some((test) => test.test(file));
}

function patternOf(pattern: string): RegExp {
  const path = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const parts = path.split('/');
  if (path === '' || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new TypeError(`include is "${pattern}", expected a path or a pattern below the source, without ".."`);
  const inner = parts.map((part, index) => partOf(part, index === parts.length - 1)).join('');
  return new RegExp(`^${inner}(?:/.*)?$`, 's');
}

function partOf(part: string, isLast: boolean): string {
  if (part === '**') return isLast ? '.*' : '(?:[^/]+/)*';
  const text = part
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return isLast ? text : `${text}/`;
}
