import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { MAX_DEPTH } from './json.js';
import { isPercentage, toFraction, toPercentPoints } from './percent.js';
import { segment } from './pointer.js';
import type { FieldNode } from './registry.js';

/** Plain JSON data made of what a caller gave, with what had to be changed on the way. */
export interface Normalised {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
}

/**
 * Gives another form to an object that is no plain data (a Map, an error, a decimal), or undefined for one that is taken
 * by its own enumerable keys. The result is made plain in its turn, for the field that the object was given for.
 */
export type Converter = (
  value: object,
  node: FieldNode | undefined,
  pointer: string,
) => { readonly value: unknown } | undefined;

interface Context {
  readonly convert: Converter | undefined;
  readonly findings: Finding[];
  readonly path: object[];
  nonFinite: number;
}

/**
 * Makes plain JSON data of a value, guided by the field tree: NaN and ±Infinity become null and are counted; a Date
 * becomes ISO 8601, or seconds where the unit is epoch_s; a bigint becomes a decimal string (a number where the field is
 * numeric and it fits); percentPoints() and fraction() become a number in the field's unit; undefined is omitted;
 * functions, symbols, cycles, what is nested too deeply and what throws when it is read are left out with a finding;
 * `convert` says what becomes of other objects. The input is not changed.
 */
export function normalise(value: unknown, root: FieldNode, convert?: Converter): Normalised {
  const context: Context = { convert, findings: [], path: [], nonFinite: 0 };
  const result = plain(value, root, '', context);
  return { value: result === undefined ? null : result, findings: context.findings, nonFinite: context.nonFinite };
}

function plain(value: unknown, node: FieldNode | undefined, pointer: string, context: Context): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return numberValue(value, node, pointer, context);
    case 'bigint':
      return bigintValue(value, node);
    case 'object':
      return value === null ? null : guarded(value, node, pointer, context);
    default:
      return leftOut(pointer, `a ${typeof value}`, context);
  }
}

function numberValue(value: number, node: FieldNode | undefined, pointer: string, context: Context): unknown {
  if (!Number.isFinite(value)) {
    context.nonFinite += 1;
    context.findings.push(
      finding('non-finite-number', { pointer, expected: 'a finite number or null', actual: String(value) }),
    );
    return null;
  }
  if (!Number.isInteger(value) || !isDigits(node)) return value;
  if (Number.isSafeInteger(value)) return String(value);
  context.findings.push(
    finding('unsafe-integer', { pointer, expected: 'a string or a bigint', actual: String(value) }),
  );
  return value;
}

function bigintValue(value: bigint, node: FieldNode | undefined): unknown {
  const numeric = node?.type === 'number' || node?.type === 'integer';
  return numeric && Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** Whatever an object does when it is read costs that object alone; the whole document is the caller's to refuse. */
function guarded(value: object, node: FieldNode | undefined, pointer: string, context: Context): unknown {
  const levels = context.path.length;
  try {
    return objectValue(value, node, pointer, context);
  } catch (error) {
    if (levels === 0) throw error;
    context.path.length = levels;
    return leftOut(pointer, 'a value that throws when it is read', context);
  }
}

function objectValue(value: object, node: FieldNode | undefined, pointer: string, context: Context): unknown {
  if (value instanceof Date) return dateValue(value, node, pointer, context);
  if (isPercentage(value))
    return plain(node?.unit === 'percent' ? toPercentPoints(value) : toFraction(value), node, pointer, context);
  if (context.path.includes(value)) return leftOut(pointer, 'a cycle', context);
  if (context.path.length >= MAX_DEPTH) return leftOut(pointer, `data nested deeper than ${MAX_DEPTH} levels`, context);
  context.path.push(value);
  const converted = context.convert?.(value, node, pointer);
  const result =
    converted !== undefined
      ? plain(converted.value, node, pointer, context)
      : Array.isArray(value)
        ? arrayValue(value, node, pointer, context)
        : recordValue(value, node, pointer, context);
  context.path.pop();
  return result;
}

function dateValue(value: Date, node: FieldNode | undefined, pointer: string, context: Context): unknown {
  const milliseconds = value.getTime();
  if (node?.unit === 'epoch_s') return numberValue(milliseconds / 1000, node, pointer, context);
  return Number.isNaN(milliseconds) ? numberValue(NaN, node, pointer, context) : value.toISOString();
}

function arrayValue(
  value: readonly unknown[],
  node: FieldNode | undefined,
  pointer: string,
  context: Context,
): unknown[] {
  return Array.from(value, (each, index) => plain(each, node?.items, `${pointer}/${index}`, context) ?? null);
}

function recordValue(
  value: object,
  node: FieldNode | undefined,
  pointer: string,
  context: Context,
): Record<string, unknown> {
  const fields = fieldsOf(value, node);
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const at = `${pointer}/${segment(key)}`;
    const child = plain(ownValue(value, key, at, context), nodeOf(fields, key) ?? node?.values, at, context);
    if (child !== undefined) entries.push([key, child]);
  }
  return Object.fromEntries(entries);
}

function ownValue(value: object, key: string, pointer: string, context: Context): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return leftOut(pointer, 'a getter that throws', context);
  }
}

function fieldsOf(value: object, node: FieldNode | undefined): Readonly<Record<string, FieldNode>> | undefined {
  if (node?.kind !== 'union') return node?.fields;
  const tag = (value as Record<string, unknown>)[node.tag ?? ''];
  return typeof tag === 'string' && node.branches !== undefined && Object.hasOwn(node.branches, tag)
    ? node.branches[tag]?.fields
    : undefined;
}

function nodeOf(fields: Readonly<Record<string, FieldNode>> | undefined, key: string): FieldNode | undefined {
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function isDigits(node: FieldNode | undefined): boolean {
  return node?.kind === 'scalar' && node.typeName === 'OrderId';
}

function leftOut(pointer: string, actual: string, context: Context): undefined {
  context.findings.push(finding('unsupported-value', { pointer, expected: 'plain data', actual: show(actual) }));
  return undefined;
}
