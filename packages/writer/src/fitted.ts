import { childNode, segments } from '@hedge-telemetry/contract/writing';
import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';
import type { RedactionFinding } from './redact/index.js';

const LINE_ENDS = /[\r\n]+\s*/g;
const patterns = new Map<string, RegExp>();

/**
 * A redacted document whose strings fit their fields again, since a record is not to be lost for what was taken out of
 * it: where a marker made a text too long it is cut, where the frames of a stack made lines of it they are joined, and
 * where a field takes no marker at all it becomes null, if null may stand there. Documents without findings are given
 * back as they are.
 */
export function fitted(entry: SurfaceEntry, document: unknown, redactions: readonly RedactionFinding[]): unknown {
  if (redactions.length === 0) return document;
  return redactions.reduce((value, { pointer }) => fittedAt(value, entry.root, segments(pointer)), document);
}

function fittedAt(value: unknown, node: FieldNode | undefined, [key, ...rest]: readonly string[]): unknown {
  if (node === undefined) return value;
  if (key === undefined) return typeof value === 'string' && node.kind === 'scalar' ? fittedText(value, node) : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const held: unknown = Reflect.get(value, key);
  const kept = fittedAt(held, childNode(node, value, key), rest);
  if (kept === held) return value;
  return Array.isArray(value) ? value.with(Number(key), kept) : { ...value, [key]: kept };
}

function fittedText(text: string, node: FieldNode): string | null {
  const short = cut(text, node.range?.['maxLength']);
  if (isTaken(short, node)) return short;
  const line = cut(text.replace(LINE_ENDS, ' '), node.range?.['maxLength']);
  if (isTaken(line, node)) return line;
  return node.nullable ? null : short;
}

function isTaken(text: string, { type, enum: choices, const: constant, pattern }: FieldNode): boolean {
  if (type !== 'string' && type !== 'mixed') return true;
  if (constant !== undefined) return constant === text;
  if (choices !== undefined) return choices.includes(text);
  return pattern === undefined || compiled(pattern).test(text);
}

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known;
}

/** Lengths are code points, as JSON Schema counts them. */
function cut(text: string, limit: number | undefined): string {
  if (limit === undefined || text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : points.slice(0, limit).join('');
}
