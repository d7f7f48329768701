import {
  documentTime,
  finding,
  interpret,
  judgeAge,
  MAX_LINE_BYTES,
  parseJson,
  registry,
  show,
} from '@hedge-telemetry/contract';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';

import { NEWLINE } from './extent.js';
import { damageOf } from './line-damage.js';
import type { Span } from './line-damage.js';

/** A line that a reader refuses, or warns of. */
export interface BrokenLine {
  readonly finding: Finding;
  /** Lines before it since the checker began. */
  readonly index: number;
  /** Offset in the file, and length without the newline. */
  readonly offset: number;
  readonly length: number;
  /** Its bytes; empty where it is too long to be kept. */
  readonly bytes: Buffer;
  /** Whole records within it, by their place in the line. */
  readonly intact: readonly Span[];
}

/** Lines of a ledger that went by. */
export interface CheckedLines {
  readonly lines: number;
  readonly broken: readonly BrokenLine[];
}

/** Checks the lines of a ledger as their bytes go by. */
export interface LineChecker {
  /** Takes the next bytes and gives the lines that they end. */
  readonly feed: (chunk: Buffer) => CheckedLines;
}

/** Says what a reader has against a line, and what of it is whole; null where it is fine. */
export type LineCheck = (line: Buffer) => { readonly finding: Finding; readonly intact: readonly Span[] } | null;

/** Cuts a stream of bytes, which starts at `start` of the file, at newlines and never at anything else. */
export function createLineChecker(check: LineCheck, start: number): LineChecker {
  let index = 0;
  let offset = start;
  let begun: Buffer[] = [];
  let begunBytes = 0;

  return { feed };

  function feed(chunk: Buffer): CheckedLines {
    const broken: BrokenLine[] = [];
    const before = index;
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const line = endLine(chunk.subarray(from, at));
      if (line !== null) broken.push(line);
      from = at + 1;
    }
    keep(chunk.subarray(from));
    return { lines: index - before, broken };
  }

  function endLine(rest: Buffer): BrokenLine | null {
    const length = begunBytes + rest.length;
    const bytes = begun.length === 0 || length > MAX_LINE_BYTES ? rest : Buffer.concat([...begun, rest]);
    const place = { index, offset, length };
    begun = [];
    begunBytes = 0;
    index += 1;
    offset += length + 1;
    if (length > MAX_LINE_BYTES) return { ...place, finding: tooLong(length), bytes: Buffer.alloc(0), intact: [] };
    const trouble = check(bytes);
    return trouble === null ? null : { ...place, ...trouble, bytes };
  }

  /** The chunk's memory is used again, so what is kept is copied; nothing is kept of a line that is too long anyway. */
  function keep(part: Buffer): void {
    begunBytes += part.length;
    if (begunBytes > MAX_LINE_BYTES) begun = [];
    else if (part.length > 0) begun.push(Buffer.from(part));
  }
}

/** The check of the lines of a declared ledger; that of a file which the contract does not know asks for JSON alone. */
export function lineCheckOf(surface: SurfaceName | null, now: () => number): LineCheck {
  return (line) => {
    const parsed = parseJson(line);
    if (!parsed.ok) {
      const damage = damageOf(line, surface);
      return { finding: { ...(damage?.finding ?? parsed.finding), surface }, intact: damage?.intact ?? [] };
    }
    const trouble = surface === null ? null : troubleOf(surface, parsed.value, now());
    return trouble === null ? null : { finding: trouble, intact: [] };
  };
}

/** The first error, or the finding on a record that is from the future. */
function troubleOf(surface: SurfaceName, value: unknown, now: number): Finding | null {
  const { findings, document } = interpret(surface, value);
  const error = findings.find(({ level }) => level === 'error');
  if (error !== undefined || document === null) return error ?? null;
  const entry = registry[surface];
  const time = documentTime(entry, document);
  if (time === null || time <= now) return null;
  const judged = judgeAge(entry, document, time, now);
  return judged.state === 'skewed' ? judged.finding : null;
}

function tooLong(length: number): Finding {
  return finding('line-too-long', { expected: `at most ${show(MAX_LINE_BYTES)} bytes`, actual: `${length} bytes` });
}
