import type { SecretKind } from './kinds.js';

/** A part of a string that must not be written, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
  /** What is put in its place; `[redacted:<kind>]` where not given. */
  readonly replacement?: string;
}

/** What stands where a secret stood. */
export function marker(kind: SecretKind): string {
  return `[redacted:${kind}]`;
}

/** Spans in order, overlapping ones joined; a joined span takes the kind of the longest, and the earlier one on a tie. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else if (span.end > last.end || span.end - span.start > last.end - last.start)
      result[result.length - 1] = union(last, span);
  }
  return result;
}

/** The text with each of the (joined) spans replaced by its marker. */
export function replaced(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, kind, replacement } of spans) {
    result += text.slice(at, start) + (replacement ?? marker(kind));
    at = end;
  }
  return result + text.slice(at);
}

function union(first: Span, second: Span): Span {
  const longer = second.end - second.start > first.end - first.start ? second : first;
  return { ...longer, start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) };
}
