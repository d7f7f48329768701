import { finding, hasErrors, interpret, parseJson } from '@hedge-telemetry/contract';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';

/** A place within a line. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What happened to a line that is not JSON, and which whole records stand in it. */
export interface LineDamage {
  readonly finding: Finding;
  readonly intact: readonly Span[];
}

/** A longer line is not searched for records. */
const MAX_SEARCHED_BYTES = 256 * 1024;
const MAX_INTACT = 64;
/** Bytes that may be looked at for one line, however many braces it has. */
const BUDGET_BYTES = 4 * 1024 * 1024;

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Recognises a region of NUL bytes, which a crash of the machine leaves, and records that no newline parts. Null for anything else. */
export function damageOf(line: Buffer, surface: SurfaceName | null): LineDamage | null {
  const nuls = line.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0);
  const intact = line.length > MAX_SEARCHED_BYTES ? [] : intactRecords(line, surface);
  const whole = `${intact.length} whole record${intact.length === 1 ? '' : 's'}`;
  if (nuls > 0)
    return {
      intact,
      finding: finding('line-nul-filled', { expected: 'a record', actual: `${nuls} NUL bytes, ${whole}` }),
    };
  if (intact.length === 0) return null;
  return {
    intact,
    finding: finding('line-glued', {
      expected: 'one record',
      actual: `${whole} in ${line.length} bytes`,
    }),
  };
}

/** The records that stand whole in a line, one after the other, whatever is between them. */
function intactRecords(line: Buffer, surface: SurfaceName | null): Span[] {
  const spans: Span[] = [];
  let budget = BUDGET_BYTES;
  for (let at = line.indexOf(OPEN); at !== -1 && budget > 0 && spans.length < MAX_INTACT;) {
    const end = objectEnd(line, at);
    budget -= (end === -1 ? line.length : end) - at;
    const isWhole = end !== -1 && isRecord(line.subarray(at, end), surface);
    if (isWhole) spans.push({ offset: at, length: end - at });
    at = line.indexOf(OPEN, isWhole ? end : at + 1);
  }
  return spans;
}

/** Offset behind the brace that closes the one at `start`; -1 where none does. */
function objectEnd(line: Buffer, start: number): number {
  let depth = 0;
  let isText = false;
  for (let at = start; at < line.length; at += 1) {
    const byte = line[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

function isRecord(bytes: Buffer, surface: SurfaceName | null): boolean {
  const parsed = parseJson(bytes);
  return parsed.ok && (surface === null || !hasErrors(interpret(surface, parsed.value).findings));
}
