import { join } from 'node:path';
import {
  finding,
  interpret,
  isLedgerName,
  isStateName,
  parseJson,
  placed,
  registry,
  surfaceOfFile,
} from '@hedge-telemetry/contract';
import type { Finding, LedgerName, StateName, SurfaceName } from '@hedge-telemetry/contract';
import { createReader, readRegular, tailFile } from '@hedge-telemetry/reader';
import { createLineTally } from './line-tally.js';
import type { LineCounts, Tallied } from './line-tally.js';

/** What a file below a logs directory was recognised as, and what is wrong with it. */
export interface FileCheck {
  /** Path below the directory, with forward slashes. */
  readonly path: string;
  readonly surface: SurfaceName | null;
  readonly kind: 'state' | 'ledger' | null;
  /** "canonical", the legacy dialect (of most lines), or null where nothing was recognised. */
  readonly dialect: string | null;
  readonly version: string | null;
  readonly lines?: LineCounts;
  readonly findings: readonly Finding[];
}

/** Hears how many bytes of a file were read. */
type OnBytes = (bytes: number) => void;

const ignore: OnBytes = () => undefined;

/** Older names under which NAV history was written: lines, or one array of what would be lines. */
const olderNames: Readonly<Record<string, 'lines' | 'array'>> = { 'nav.jsonl': 'lines', 'nav_log.json': 'array' };

/** Recognises the file at `path` below `dir` and checks it; `onBytes` hears how far a ledger was read. Never rejects. */
export async function checkFile(dir: string, path: string, onBytes: OnBytes = ignore): Promise<FileCheck> {
  const name = surfaceOfFile(path)?.name ?? '';
  if (isStateName(name)) return checkState(dir, path, name);
  if (isLedgerName(name)) return ofLedger(path, name, await tallyLines(dir, path, name, onBytes));
  const older = olderFormOf(path);
  if (older === null) return unrecognised(dir, path);
  const tally = older === 'lines' ? tallyLines : tallyArray;
  return ofLedger(path, 'nav_history', await tally(dir, path, 'nav_history', onBytes));
}

async function checkState(dir: string, path: string, surface: StateName): Promise<FileCheck> {
  const { dialect, version, findings } = await createReader({ dir }).read(surface);
  return { path, surface, kind: 'state', dialect, version, findings };
}

function ofLedger(path: string, surface: LedgerName, { dialect, version, lines, findings }: Tallied): FileCheck {
  return { path, surface, kind: 'ledger', dialect, version, lines, findings };
}

async function tallyLines(dir: string, path: string, ledger: LedgerName, onBytes: OnBytes): Promise<Tallied> {
  const tally = createLineTally();
  for await (const { record, dialect, version, findings, offset, end } of tailFile(ledger, join(dir, path), {
    root: dir,
  })) {
    const isLine = end > offset && !findings.some(({ rule }) => rule === 'line-unterminated');
    if (isLine) tally.add({ dialect, version, isValid: record !== null, findings });
    else tally.note(findings);
    onBytes(end);
  }
  return tally.result();
}

async function tallyArray(dir: string, path: string, ledger: LedgerName): Promise<Tallied> {
  const tally = createLineTally();
  const file = join(dir, path);
  const note = (each: Finding): void => tally.note(placed([each], { file, surface: ledger }));
  const read = await readRegular(file, dir);
  const parsed = read.ok ? parseJson(read.bytes) : read;
  if (!parsed.ok) note(parsed.finding);
  else if (!Array.isArray(parsed.value))
    note(finding('unrecognised-shape', { pointer: '', expected: 'an array of records' }));
  else {
    for (const [index, element] of parsed.value.entries()) {
      const { document, dialect, version, findings } = interpret(ledger, element);
      const within = findings.map((each) => ({ ...each, file, pointer: `/${index}${each.pointer ?? ''}` }));
      tally.add({ dialect, version, isValid: document !== null, findings: within });
    }
  }
  return tally.result();
}

function olderFormOf(path: string): 'lines' | 'array' | null {
  const name = path.split('/').at(-1) ?? '';
  const isKnown = Object.hasOwn(olderNames, name) && registry.nav_history.dialects.some((each) => each.name === 'v7');
  return isKnown ? (olderNames[name] ?? null) : null;
}

function unrecognised(dir: string, path: string): FileCheck {
  const findings = [finding('unrecognised-file', { file: join(dir, path) })];
  return { path, surface: null, kind: null, dialect: null, version: null, findings };
}
