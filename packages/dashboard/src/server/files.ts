import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Answer } from './respond.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.yml': 'text/plain; charset=utf-8',
};

/** Files of a directory by the path below a URL at which each is served. */
export type FileTable = ReadonlyMap<string, Answer>;

/**
 * Reads every file below a directory whose type is known. What is served is this table: no request is ever turned into a
 * path. Empty where there is no such directory.
 */
export function readFileTable(dir: string, prefix: string): FileTable {
  const table = new Map<string, Answer>();
  for (const name of namesBelow(dir)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const answer = fileAnswer(readFileSync(join(dir, name)), type);
    const url = `${prefix}${name.split(sep).map(encodeURIComponent).join('/')}`;
    table.set(url, answer);
    if (url.endsWith('/index.html')) table.set(url.slice(0, -'index.html'.length), answer);
  }
  return table;
}

/** The answer that is a file: kept by browsers, and asked for again by its hash. */
export function fileAnswer(body: Buffer, type: string): Answer {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { status: 200, type, body, headers: { 'cache-control': 'no-cache', etag } };
}

function namesBelow(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.split(sep).some((part) => part.startsWith('.')) && statSync(join(dir, name)).isFile())
      .toSorted();
  } catch {
    return [];
  }
}
