import type { Finding, Level } from '@hedge-telemetry/contract';

/** How many lines of a ledger are what. */
export interface LineCounts {
  readonly total: number;
  readonly canonical: number;
  readonly legacy: number;
  readonly invalid: number;
}

/** What one line turned out to be. */
export interface CountedLine {
  readonly dialect: string | null;
  readonly version: string | null;
  /** The line was wholly understood. */
  readonly isValid: boolean;
  readonly findings: readonly Finding[];
}

/** What the lines of a ledger make of the file. */
export interface Tallied {
  readonly dialect: string | null;
  readonly version: string | null;
  readonly lines: LineCounts;
  readonly findings: readonly Finding[];
}

/** Counts lines one by one, in bounded memory. */
export interface LineTally {
  add(line: CountedLine): void;
  /** Findings that belong to no line, or to one that is not complete. */
  note(findings: readonly Finding[]): void;
  result(): Tallied;
}

/** A finding, and on how many more lines the same was found. */
interface Repeated {
  readonly finding: Finding;
  more: number;
}

const MAX_FINDINGS = 20;
const levels: readonly Level[] = ['error', 'warning', 'info'];

/** Makes a tally. Errors are kept one by one; what else many lines say alike, such as that they were migrated, once. */
export function createLineTally(): LineTally {
  const counts = { total: 0, canonical: 0, legacy: 0, invalid: 0 };
  const dialects = new Map<string, number>();
  const kept: Record<Level, Repeated[]> = { error: [], warning: [], info: [] };
  const known = new Map<string, Repeated>();
  let noted = 0;
  let version: string | null = null;

  const note = (findings: readonly Finding[]): void => {
    for (const each of findings) {
      const kind = each.level !== 'error' ? `${each.rule} ${each.message}` : null;
      const same = kind === null ? undefined : known.get(kind);
      if (same !== undefined) same.more += 1;
      else {
        noted += 1;
        if (kept[each.level].length === MAX_FINDINGS) continue;
        const first = { finding: each, more: 0 };
        kept[each.level].push(first);
        if (kind !== null) known.set(kind, first);
      }
    }
  };
  return {
    note,
    add(line) {
      counts.total += 1;
      counts[!line.isValid ? 'invalid' : line.dialect === 'canonical' ? 'canonical' : 'legacy'] += 1;
      if (line.dialect !== null) dialects.set(line.dialect, (dialects.get(line.dialect) ?? 0) + 1);
      version = line.version ?? version;
      note(line.findings);
    },
    result: () => ({
      dialect: dialectOf(dialects),
      version,
      lines: { ...counts },
      findings: capped(levels.flatMap((level) => kept[level]).map(summed), noted),
    }),
  };
}

/** The legacy dialect that most lines are in; "canonical" where none is in one. */
function dialectOf(dialects: ReadonlyMap<string, number>): string | null {
  const legacy = [...dialects].filter(([name]) => name !== 'canonical').toSorted(([, one], [, other]) => other - one);
  return legacy[0]?.[0] ?? (dialects.has('canonical') ? 'canonical' : null);
}

function summed({ finding, more }: Repeated): Finding {
  return more === 0
    ? finding
    : { ...finding, message: `${finding.message} (and on ${more} more line${more === 1 ? '' : 's'})` };
}

/** The gravest findings; the last one says how many more there are. */
function capped(gravest: readonly Finding[], total: number): Finding[] {
  const shown = gravest.slice(0, MAX_FINDINGS);
  const last = shown.at(-1);
  if (last === undefined || total <= shown.length) return shown;
  return [...shown.slice(0, -1), { ...last, message: `${last.message} (and ${total - shown.length} more findings)` }];
}
