import { SCAN_MARGIN } from './limits.js';
import type { NameClass } from './names/classify.js';
import { scrub } from './scrub.js';
import { replaced } from './span.js';
import type { Span } from './span.js';
import type { Walk } from './walk.js';

const CUT = '…[cut]';
const LONE = /[\ud800-\udfff]/gu;

/** A string without its secrets, cut at the limit, without lone surrogates. `paths` hides file paths as well. */
export function cleanText(value: string, name: NameClass, walk: Walk, paths = false): string {
  const { limits, recorder } = walk;
  walk.size += value.length;
  if (walk.size > limits.size) {
    recorder.record('cut-size');
    return '[cut]';
  }
  if (!paths && walk.judges(name)(value)) return value;
  const scanned = value.length > limits.string ? value.slice(0, limits.string + SCAN_MARGIN) : value;
  const { spans, pythonRepr, surrogates } = scrub(scanned, name, walk.scrubbing, paths);
  for (const { kind } of spans) recorder.record(kind);
  if (pythonRepr) recorder.record('python-repr');
  if (spans.length === 0 && !surrogates && value.length <= limits.string) return value;
  if (value.length > limits.string) recorder.record('cut-string');
  const short = bounded(value, spans, limits.string);
  const formed = surrogates || short.endsWith(CUT) ? wellFormed(short) : short;
  if (formed !== short) recorder.record('lone-surrogate');
  return formed;
}

/** The text with its spans replaced and, where it is longer than `limit`, cut to it with a mark; never within a secret. */
export function bounded(text: string, spans: readonly Span[], limit: number): string {
  if (text.length <= limit) return spans.length === 0 ? text : replaced(text, spans);
  const kept = spans.filter(({ start }) => start < limit);
  const end = Math.max(limit, kept.at(-1)?.end ?? 0);
  return replaced(text.slice(0, end), kept).slice(0, Math.max(0, limit - CUT.length)) + CUT;
}

/** The text with each lone surrogate replaced by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE, '\uFFFD');
}
