import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseJson, validateWriterView } from '@hedge-telemetry/contract';
import { markOf } from './records.mjs';
import type { Ledger } from './records.mjs';

/** What one life left in a ledger. */
export interface Kept {
  /** Records of the life whose line is whole and ended, from number 0 on without a gap. */
  readonly records: number;
  readonly violations: readonly string[];
}

/** Follows a ledger from life to life. */
export interface LedgerHistory {
  /**
   * Checks what a life, which has ended, added to the file. Where `faults` struck it, fragments of records may stand
   * between its lines, each on a line of its own and followed by the whole record.
   */
  next(life: number, faults?: boolean): Kept;
  /** Checks that nothing which an earlier check read has changed since. */
  unchanged(): readonly string[];
}

const NEWLINE = 0x0a;

/**
 * A life may leave whole lines of its own, numbered from 0 without a gap, and behind them one fragment without a newline.
 * The next life ends such a fragment with a newline before it writes anything.
 */
export function followLedger(ledger: Ledger, file: string): LedgerHistory {
  const parts: { readonly end: number; readonly hash: string }[] = [];
  let endsInFragment = false;

  return {
    next(life, faults = false) {
      const bytes = contentOf(file);
      const start = parts.at(-1)?.end ?? 0;
      if (bytes.length < start) return { records: 0, violations: [`${file} shrank from ${start} to ${bytes.length}`] };
      const added = bytes.subarray(start);
      parts.push({ end: bytes.length, hash: hashOf(added) });
      if (added.length === 0) return { records: 0, violations: [] };
      const healed = endsInFragment;
      endsInFragment = added.at(-1) !== NEWLINE;
      if (healed && added[0] !== NEWLINE)
        return { records: 0, violations: [`life ${life} of ${ledger}: glued to the fragment before it`] };
      return readLife(ledger, life, healed ? added.subarray(1) : added, faults);
    },
    unchanged() {
      const bytes = contentOf(file);
      const changed = parts.filter(
        ({ end, hash }, index) => hashOf(bytes.subarray(parts[index - 1]?.end ?? 0, end)) !== hash,
      );
      return changed.map(({ end }) => `${file}: bytes before ${end} changed after they were written`);
    },
  };
}

/** Reads the lines of one life. */
function readLife(ledger: Ledger, life: number, bytes: Buffer, faults: boolean): Kept {
  const lines = bytes.toString('latin1').split('\n').slice(0, -1);
  const whole = lines.filter((line, index) => !faults || !isFragment(line, lines[index + 1]));
  const violations: string[] = [];
  let records = 0;
  for (const [index, line] of whole.entries()) {
    const problem = problemOf(ledger, line, life, records);
    if (problem === null) records += 1;
    else violations.push(`life ${life} of ${ledger}, line ${index + 1} of ${lines.length}: ${problem}`);
  }
  return { records, violations };
}

function isFragment(line: string, next: string | undefined): boolean {
  return next !== undefined && line.length < next.length && next.startsWith(line);
}

/** What is wrong with a line that is to be record `seq` of a life. */
export function problemOf(ledger: Ledger, line: string, life: number, seq: number): string | null {
  const parsed = parseJson(Buffer.from(line, 'latin1'));
  if (!parsed.ok) return `not a record: ${line.slice(0, 60)}`;
  const findings = validateWriterView(ledger, parsed.value);
  if (findings.length > 0) return `not valid: ${findings[0]?.message}`;
  const mark = markOf(ledger, parsed.value);
  if (mark === null) return 'its checksum does not fit';
  if (mark.life !== life || mark.seq !== seq) return `record ${mark.seq} of life ${mark.life} where ${seq} is due`;
  return null;
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
