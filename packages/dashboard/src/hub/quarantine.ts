import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseJson, registry, valueAt } from '@hedge-telemetry/contract';
import type { SurfaceName } from '@hedge-telemetry/contract';
import { readRegular } from '@hedge-telemetry/reader';
import type { ApiQuarantine, ApiQuarantined } from '../api/types.js';
import { lookAt } from './file-look.js';

/** What the mirror set aside, by surface. */
export interface Quarantine {
  /** True where something changed. */
  look(): Promise<boolean>;
  of(surface: SurfaceName): ApiQuarantine;
}

const FOLDER = 'quarantine';
const RECORD = '.finding.json';
const MAX_RECORDS = 50;
const EXCERPT_LENGTH = 400;
const NONE: ApiQuarantine = { count: null, records: [] };

/**
 * Watches `quarantine/` of a mirror: JSON Lines are records of broken lines; a document set aside has its record beside
 * it, named for it.
 */
export function watchQuarantine(dir: string): Quarantine {
  const root = join(dir, FOLDER);
  let seen = '';
  let isRacy = false;
  let bySurface: ReadonlyMap<SurfaceName, readonly ApiQuarantined[]> | null = null;

  return {
    of: (surface) => {
      if (bySurface === null) return NONE;
      const records = bySurface.get(surface) ?? [];
      return { count: records.length, records: records.slice(-MAX_RECORDS) };
    },
    look: async () => {
      const names = await readdir(root, { recursive: true }).catch(() => null);
      const files = names?.toSorted() ?? [];
      const looks = await Promise.all(files.map((name) => lookAt(join(root, name))));
      const key = names === null ? '' : looks.map((look, index) => `${files[index]} ${look.key}`).join('\n') || 'empty';
      if (key === seen && !isRacy) return false;
      seen = key;
      isRacy = looks.some((look) => look.isRacy);
      bySurface = names === null ? null : await collect(root, files);
      return true;
    },
  };
}

async function collect(root: string, files: readonly string[]): Promise<Map<SurfaceName, ApiQuarantined[]>> {
  const found = new Map<SurfaceName, ApiQuarantined[]>();
  const hasRecord = new Set(files.filter((name) => name.endsWith(RECORD)).map((name) => name.slice(0, -RECORD.length)));
  for (const name of files) {
    if (hasRecord.has(name)) continue;
    const text = await textOf(root, name);
    if (text === null) continue;
    const file = `${FOLDER}/${name.replaceAll('\\', '/')}`;
    const copy = name.endsWith(RECORD) ? await textOf(root, name.slice(0, -RECORD.length)) : null;
    for (const [surface, record] of recordsIn(file, text, copy)) {
      const records = found.get(surface) ?? [];
      records.push(record);
      found.set(surface, records);
    }
  }
  return found;
}

async function textOf(root: string, name: string): Promise<string | null> {
  const read = await readRegular(join(root, name), root);
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : null;
}

/** Records of lines, the record of a document, or a document without one. */
function recordsIn(file: string, text: string, copy: string | null): [SurfaceName, ApiQuarantined][] {
  const own = surfaceNamed(file);
  if (file.endsWith('.jsonl'))
    return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : recordIn(line, own, file, null)));
  if (file.endsWith(RECORD)) return recordIn(text, own, file, copy);
  return own === null
    ? []
    : [[own, { file, line: null, ts: null, reason: null, excerpt: text.slice(0, EXCERPT_LENGTH) }]];
}

function recordIn(
  text: string,
  own: SurfaceName | null,
  file: string,
  copy: string | null,
): [SurfaceName, ApiQuarantined][] {
  const parsed = parseJson(text);
  const record = parsed.ok ? parsed.value : null;
  const surface = named(textAt(record, '/surface')) ?? own;
  return surface === null ? [] : [[surface, describe(record, copy ?? held(record) ?? text, file)]];
}

function describe(record: unknown, held: string, file: string): ApiQuarantined {
  return {
    file: textAt(record, '/file') ?? file,
    line: numberAt(record, '/line'),
    ts: numberAt(record, '/ts'),
    reason: textAt(record, '/findings/0/message'),
    excerpt: held.slice(0, EXCERPT_LENGTH),
  };
}

/** What stood there, as far as the record keeps it. */
function held(record: unknown): string | null {
  const base64 = textAt(record, '/base64');
  return base64 === null ? null : Buffer.from(base64, 'base64').toString('utf8');
}

/** The surface whose file a name begins with, e.g. quarantine/state/nav.20261128T173555.123Z.json. */
function surfaceNamed(file: string): SurfaceName | null {
  return named(basename(file).split('.')[0] ?? null);
}

function named(name: string | null): SurfaceName | null {
  return name !== null && Object.hasOwn(registry, name) ? (name as SurfaceName) : null;
}

function textAt(record: unknown, pointer: string): string | null {
  const value = valueAt(record, pointer);
  return typeof value === 'string' ? value : null;
}

function numberAt(record: unknown, pointer: string): number | null {
  const value = valueAt(record, pointer);
  return typeof value === 'number' ? value : null;
}
