/** Byte range of a part of a line. */
type Part = readonly [from: number, to: number];

/** Places in one line where an object may start, and for each those where it may end, that are tried at most. */
const MAX_STARTS = 1_024;
const MAX_ENDS = 64;
/** Bytes parsed at most, in lengths of the line. */
const MAX_PARSED = 64;
const CLOSING = '}'.charCodeAt(0);

/**
 * The JSON objects in a line that is not JSON as a whole, in order: a writer that was killed leaves a fragment without a
 * newline, and one that did not look went on behind it. An object starts with `{"`, which no JSON text holds unescaped within
 * a string, and ends before another one or with the line. An object of a fragment may be among them; whether it is a record is
 * for the contract to say.
 */
export function gluedParts(bytes: Uint8Array): Part[] {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Part[] = [];
  const budget = { bytes: MAX_PARSED * line.length };
  let start = next(line, 0);
  for (let tries = 0; start < line.length && tries < MAX_STARTS; tries += 1) {
    const end = endOf(line, start, budget);
    if (end !== null) parts.push([start, end]);
    start = end ?? next(line, start + 1);
  }
  return parts;
}

/** Where the object that starts here ends; null where it does not end within the places tried. */
function endOf(line: Buffer, start: number, budget: { bytes: number }): number | null {
  let end = start;
  for (let tries = 0; end < line.length && tries < MAX_ENDS; tries += 1) {
    end = next(line, end + 1);
    if ((line[end - 1] === CLOSING || end === line.length) && isJson(line.subarray(start, end), budget)) return end;
  }
  return null;
}

/** Where the next object starts; the line's end where none does. */
function next(line: Buffer, from: number): number {
  const at = line.indexOf('{"', from);
  return at === -1 ? line.length : at;
}

function isJson(bytes: Buffer, budget: { bytes: number }): boolean {
  budget.bytes -= bytes.length;
  if (budget.bytes < 0) return false;
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
