import { finding, interpret, MAX_LINE_BYTES, parseJson, show } from '@hedge-telemetry/contract';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';

import { NEWLINE } from './byte-extent.js';

/** Checks the lines of a ledger as their bytes go by. */
export interface LineChecker {
  readonly lines: number;
  readonly invalidLines: number;
  /** Takes the next bytes; a line counts once its newline has come. */
  readonly feed: (chunk: Buffer) => void;
}

/**
 * Cuts a stream of bytes at newlines (never at anything else) and checks every line against the reader view. `report`
 * gets the first error of each invalid line, with the index of the line counted from the first byte fed.
 */
export function createLineChecker(
  surface: SurfaceName,
  report: (finding: Finding, index: number) => void,
): LineChecker {
  let lines = 0;
  let invalidLines = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;

  return {
    feed,
    get lines() {
      return lines;
    },
    get invalidLines() {
      return invalidLines;
    },
  };

  function feed(chunk: Buffer): void {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      endLine(chunk.subarray(start, at));
      start = at + 1;
    }
    keep(chunk.subarray(start));
  }

  function endLine(rest: Buffer): void {
    const length = begunBytes + rest.length;
    const line = begun.length === 0 || length > MAX_LINE_BYTES ? rest : Buffer.concat([...begun, rest]);
    begun = [];
    begunBytes = 0;
    const error = length > MAX_LINE_BYTES ? tooLong(length) : lineError(surface, line);
    if (error !== null) {
      invalidLines += 1;
      report(error, lines);
    }
    lines += 1;
  }

  /** The chunk's memory is used again, so what is kept is copied; nothing is kept of a line that is too long anyway. */
  function keep(part: Buffer): void {
    begunBytes += part.length;
    if (begunBytes > MAX_LINE_BYTES) begun = [];
    else if (part.length > 0) begun.push(Buffer.from(part));
  }
}

function lineError(surface: SurfaceName, line: Buffer): Finding | null {
  const parsed = parseJson(line);
  if (!parsed.ok) return { ...parsed.finding, surface };
  return interpret(surface, parsed.value).findings.find(({ level }) => level === 'error') ?? null;
}

function tooLong(length: number): Finding {
  return finding('line-too-long', { expected: `at most ${show(MAX_LINE_BYTES)} bytes`, actual: `${length} bytes` });
}
