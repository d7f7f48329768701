import type { Span } from './span.js';

const ROOTS =
  'home|Users|root|srv|var|tmp|opt|usr|etc|mnt|media|data|private|app|apps|workspace|workspaces|proc|run|dev|build|builds|repo|' +
  'repos|github|nix|snap|Library|Volumes|code|project|projects|work|lib|bin|sbin|sys|host|storage';
const PATH = new RegExp(
  String.raw`(?:file:\/{2,3}|(?<![\w.:/\\-])(?:[A-Za-z]:[\\/]|\\\\(?=\w)|\/(?:${ROOTS})(?=[/\s'"\x60,;:)\]}>|]|$)))[^\s'"\x60,;)\]}>|]{0,1024}`,
  'g',
);

/** Finds absolute paths of a file system; paths of a web address and relative ones are left. */
export function detectPaths(text: string, spans: Span[]): void {
  if (!text.includes('/') && !text.includes('\\')) return;
  for (const match of text.matchAll(PATH)) {
    const end = match.index + match[0].replace(/[.:]+$/, '').length;
    spans.push({ start: match.index, end, kind: 'path' });
  }
}

/** A path relative to `root`; outside of it `node_modules/…`, `node:…` or the file's name alone. */
export function relativeTo(path: string, root: string): string {
  if (path.startsWith('node:')) return path;
  const plain = slashes(path.replace(/^file:\/\/(?=\/)/, ''));
  const base = slashes(root).replace(/\/+$/, '');
  if (base !== '' && plain.startsWith(`${base}/`)) return plain.slice(base.length + 1);
  const module = plain.lastIndexOf('/node_modules/');
  return module >= 0 ? plain.slice(module + 1) : fileName(plain);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return slashes(path).split('/').at(-1) ?? '';
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
