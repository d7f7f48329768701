import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MAX_DOCUMENT_BYTES, parseJson, registry, valueAt } from '@hedge-telemetry/contract';
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
const MAX_RECORDS = 50;
const EXCERPT_LENGTH = 400;
const NONE: ApiQuarantine = { count: null, records: [] };

/** Watches `quarantine/` of a mirror: its JSON Lines are records of lines and documents set aside, other files are such documents themselves. */
export function watchQuarantine(dir: string): Quarantine {
  const root = join(dir, FOLDER);
  let seen = '';
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
      const looks = await Promise.all(files.map(async (name) => `${name} ${(await lookAt(join(root, name))).key}`));
      const key = names === null ? '' : looks.join('\n') || 'empty';
      if (key === seen) return false;
      seen = key;
      bySurface = names === null ? null : await collect(root, files);
      return true;
    },
  };
}

async function collect(root: string, files: readonly string[]): Promise<Map<SurfaceName, ApiQuarantined[]>> {
  const found = new Map<SurfaceName, ApiQuarantined[]>();
  for (const name of files) {
    const read = await readRegular(join(root, name), root);
    if (!read.ok || read.bytes.length > MAX_DOCUMENT_BYTES) continue;
    const text = Buffer.from(read.bytes).toString('utf8');
    const file = `${FOLDER}/${name.replaceAll('\\', '/')}`;
    const records = name.endsWith('.jsonl') ? lineRecords(text, file) : documentRecords(text, file);
    for (const [surface, record] of records) found.set(surface, [...(found.get(surface) ?? []), record]);
  }
  return found;
}

function lineRecords(text: string, file: string): [SurfaceName, ApiQuarantined][] {
  const own = surfaceNamed(file);
  return text.split('\n').flatMap((line): [SurfaceName, ApiQuarantined][] => {
    if (line.trim() === '') return [];
    const parsed = parseJson(line);
    const record = parsed.ok ? parsed.value : null;
    const surface = named(textAt(record, '/surface')) ?? named(textAt(record, '/finding/surface')) ?? own;
    if (surface === null) return [];
    return [[surface, describe(record, line, file)]];
  });
}

function documentRecords(text: string, file: string): [SurfaceName, ApiQuarantined][] {
  const surface = surfaceNamed(file);
  if (surface === null || /\.(finding|report)\.json$/.test(file)) return [];
  return [[surface, { file, line: null, ts: null, reason: null, excerpt: text.slice(0, EXCERPT_LENGTH) }]];
}

function describe(record: unknown, line: string, file: string): ApiQuarantined {
  const reason =
    textAt(record, '/finding/message') ?? textAt(record, '/findings/0/message') ?? textAt(record, '/reason');
  const excerpt = textAt(record, '/raw') ?? textAt(record, '/text') ?? line;
  return {
    file: textAt(record, '/file') ?? file,
    line: numberAt(record, '/line') ?? numberAt(record, '/finding/line'),
    ts: numberAt(record, '/ts'),
    reason,
    excerpt: excerpt.slice(0, EXCERPT_LENGTH),
  };
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
