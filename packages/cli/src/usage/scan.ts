import { join } from 'node:path';
import {
  finding,
  interpret,
  isLedgerName,
  parseJson,
  placed,
  registry,
  surfaceOfFile,
} from '@hedge-telemetry/contract';
import type { Finding, Interpretation, LedgerName, SurfaceName } from '@hedge-telemetry/contract';
import { readRegular, tailFile } from '@hedge-telemetry/reader';
import { checkFile } from '../check/check-file.js';
import { walk } from '../check/walk.js';
import { createUsageTally } from './tally.js';
import type { DocumentPlace, SurfaceUsage, UsageTally } from './tally.js';

/** What the files below a logs directory hold. */
export interface UsageReport {
  /** Surfaces of which there is a file, by name. */
  readonly surfaces: readonly SurfaceUsage[];
  /** Files that are not of the contract. */
  readonly otherFiles: number;
  /** Files and directories that could not be read, so that the counts lack them. */
  readonly findings: readonly Finding[];
}

/** A scan in progress. */
interface Scan {
  readonly dir: string;
  readonly tallies: Map<SurfaceName, UsageTally>;
  readonly findings: Finding[];
}

/** What a document was recognised as. */
type Understood = Pick<Interpretation, 'dialect' | 'findings'>;

/** Counts the deprecated and undeclared fields in every file below a directory. Never rejects. */
export async function scanUsage(dir: string): Promise<UsageReport> {
  const scan: Scan = { dir, tallies: new Map(), findings: [] };
  let otherFiles = 0;
  for (const { path, failure } of await walk(dir)) {
    if (failure !== null) scan.findings.push(unlisted(dir, path, failure));
    else if (!(await scanFile(scan, path))) otherFiles += 1;
  }
  const names = [...scan.tallies.keys()].toSorted();
  return {
    surfaces: names.flatMap((name) => scan.tallies.get(name)?.result() ?? []),
    otherFiles,
    findings: scan.findings,
  };
}

/** False for a file that is not of the contract. */
async function scanFile(scan: Scan, path: string): Promise<boolean> {
  const surface = surfaceOfFile(path)?.name ?? (await checkFile(scan.dir, path)).surface;
  if (surface === null) return false;
  const tally = tallyOf(scan, surface);
  tally.file();
  if (isLedgerName(surface) && path.endsWith('.jsonl')) await scanLines(scan, surface, path, tally);
  else await scanDocument(scan, surface, path, tally);
  return true;
}

async function scanLines(scan: Scan, ledger: LedgerName, path: string, tally: UsageTally): Promise<void> {
  for await (const entry of tailFile(ledger, join(scan.dir, path), { root: scan.dir })) {
    const { raw, line, findings } = entry;
    if (entry.end === entry.offset) scan.findings.push(...findings);
    else if (!findings.some(({ rule }) => rule === 'line-unterminated')) {
      const parsed = raw === null ? null : parseJson(raw);
      if (parsed?.ok === true) addDocument(tally, entry, parsed.value, { file: path, line });
      else tally.other('unreadable');
    }
  }
}

/** A state document; or a ledger that was written as one array of its records. */
async function scanDocument(scan: Scan, surface: SurfaceName, path: string, tally: UsageTally): Promise<void> {
  const file = join(scan.dir, path);
  const read = await readRegular(file, scan.dir);
  if (!read.ok) {
    scan.findings.push(...placed([read.finding], { file, surface }));
    return;
  }
  const parsed = parseJson(read.bytes);
  const isRecords = parsed.ok && isLedgerName(surface) && Array.isArray(parsed.value);
  const documents: unknown[] = !parsed.ok ? [] : isRecords ? parsed.value : [parsed.value];
  for (const each of documents) addDocument(tally, interpret(surface, each), each, { file: path, line: null });
  if (!parsed.ok) tally.other('unreadable');
}

/** A document that names a version which nobody knows yet is read as the present one, but its fields are its own. */
function addDocument(tally: UsageTally, { dialect, findings }: Understood, value: unknown, place: DocumentPlace): void {
  if (findings.some(({ rule }) => rule === 'version-unknown')) tally.other('unknown version');
  else if (dialect === 'canonical') tally.canonical(value, place);
  else tally.other(dialect ?? 'unrecognised');
}

function tallyOf({ tallies }: Scan, surface: SurfaceName): UsageTally {
  const tally = tallies.get(surface) ?? createUsageTally(registry[surface]);
  tallies.set(surface, tally);
  return tally;
}

function unlisted(dir: string, path: string, actual: string): Finding {
  return finding('file-unreadable', {
    file: join(dir, path),
    message: `the directory cannot be listed: ${actual}`,
    expected: 'a directory that this user may list',
    actual,
  });
}
