import { convert } from './convert.js';
import { isPhrase } from './detectors/mnemonic.js';
import { errorRecord, isError } from './errors.js';
import type { KeyTable } from './keys.js';
import type { Limits } from './limits.js';
import { PLAIN } from './names/classify.js';
import type { NameClass } from './names/classify.js';
import { inheritedName } from './names/inherit.js';
import { recorder } from './recorder.js';
import type { Recorder } from './recorder.js';
import type { Judges } from './screen/verdicts.js';
import type { ScrubContext } from './scrub.js';
import { marker } from './span.js';
import { cleanText } from './text.js';

/** What a redactor knows before it is given a value. */
export interface Knowledge {
  readonly scrubbing: ScrubContext;
  readonly limits: Limits;
  readonly keys: KeyTable;
  readonly judges: Judges;
}

/** What a walk over one value needs to know and keeps. */
export interface Walk extends Knowledge {
  readonly recorder: Recorder;
  readonly ancestors: object[];
  nodes: number;
  size: number;
}

/** A walk with nothing visited yet. */
export function newWalk({ scrubbing, limits, keys, judges }: Knowledge): Walk {
  return { scrubbing, limits, keys, judges, recorder: recorder(), ancestors: [], nodes: 0, size: 0 };
}

/**
 * Redacts a value that stands under a name. Gives the same value where nothing had to change, and undefined for what
 * JSON cannot hold. Never throws.
 */
export function visit(value: unknown, name: NameClass, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return cleanText(value, name, walk);
    case 'number':
      return numberValue(value, name, walk);
    case 'bigint':
      walk.recorder.record('bigint');
      return cleanText(String(value), name, walk);
    case 'object':
      return value === null ? null : guarded(value, name, walk);
    case 'function':
    case 'symbol':
      walk.recorder.record('not-data');
      return undefined;
    default:
      return value;
  }
}

function numberValue(value: number, { role, kind }: NameClass, { recorder }: Walk): unknown {
  if (!Number.isFinite(value)) {
    recorder.record('non-finite');
    return null;
  }
  if (role !== 'secret' || kind !== 'password' || !Number.isInteger(value) || Math.abs(value) < 1000) return value;
  recorder.record(kind);
  return marker(kind);
}

function guarded(value: object, name: NameClass, walk: Walk): unknown {
  const { ancestors, limits, recorder } = walk;
  if (ancestors.length >= limits.depth) return stub('cut-depth', '[cut]', recorder);
  if (ancestors.includes(value)) return stub('cycle', '[cycle]', recorder);
  const levels = ancestors.length;
  const segments = recorder.path.length;
  ancestors.push(value);
  try {
    return objectValue(value, name, walk);
  } catch {
    recorder.path.length = segments;
    return stub('unreadable', '[unreadable]', recorder);
  } finally {
    ancestors.length = levels;
  }
}

function stub(kind: 'cut-depth' | 'cycle' | 'unreadable', text: string, recorder: Recorder): string {
  recorder.record(kind);
  return text;
}

function objectValue(value: object, name: NameClass, walk: Walk): unknown {
  if (isError(value)) return errorRecord(value, name, walk);
  const converted = convert(value);
  if (converted !== undefined) {
    walk.recorder.record(converted.kind);
    return visit(converted.value, name, walk);
  }
  return Array.isArray(value) ? arrayValue(value, name, walk) : recordValue(value, name, walk);
}

function arrayValue(items: readonly unknown[], name: NameClass, walk: Walk): unknown {
  const { recorder, limits } = walk;
  if (isPhrase(items)) {
    recorder.record('mnemonic');
    return items.map(() => marker('mnemonic'));
  }
  let out: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    walk.nodes += 1;
    if (walk.nodes > limits.nodes) {
      recorder.record('cut-nodes', items.length - index);
      return out ?? items.slice(0, index);
    }
    recorder.path.push(index);
    const item = items[index];
    const next = visit(item, name, walk);
    recorder.path.pop();
    if (next !== item) out ??= items.slice(0, index);
    out?.push(next ?? null);
  }
  return out ?? items;
}

function recordValue(value: object, inherited: NameClass, walk: Walk): unknown {
  const { recorder, limits } = walk;
  const keys = Object.keys(value);
  let out: Record<string, unknown> | undefined;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    walk.nodes += 1;
    if (walk.nodes > limits.nodes) {
      recorder.record('cut-nodes', keys.length - index);
      return out ?? firstOf(value, keys, index);
    }
    const known = walk.keys(key);
    recorder.path.push(known.text);
    for (const kind of known.found) recorder.record(kind);
    const property = Object.getOwnPropertyDescriptor(value, key);
    const accessor = property !== undefined && property.get !== undefined;
    const child: unknown = accessor ? readAccessor(value, key, walk) : property?.value;
    const next = visit(child, known.indexed ? inherited : nameOf(value, key, known.name, inherited, walk), walk);
    recorder.path.pop();
    if (next !== child || accessor || known.text !== key) out ??= firstOf(value, keys, index);
    if (out !== undefined && next !== undefined) define(out, known.text, next);
  }
  return out ?? value;
}

/** An accessor is asked once, so that what is checked is what is written. */
function readAccessor(value: object, key: string, { recorder }: Walk): unknown {
  recorder.record('accessor');
  try {
    return Reflect.get(value, key);
  } catch {
    return stub('unreadable', '[unreadable]', recorder);
  }
}

/** A name that says nothing takes that of what it belongs to: `{ name: 'API_SECRET', value }`, `secrets: { venue }`. */
function nameOf(value: object, key: string, own: NameClass, inherited: NameClass, walk: Walk): NameClass {
  if (key === 'value') {
    const label: unknown =
      Object.getOwnPropertyDescriptor(value, 'name')?.value ?? Object.getOwnPropertyDescriptor(value, 'key')?.value;
    if (typeof label === 'string' && label.length <= 100) return walk.keys(label).name;
  }
  return inheritedName(key, own, inherited);
}

function firstOf(value: object, keys: readonly string[], count: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key of keys.slice(0, count)) {
    const child: unknown = Reflect.get(value, key);
    if (child !== undefined) define(out, key, child);
  }
  return out;
}

/** Sets an own property whatever its key is; of two keys that became the same, the later one is numbered. */
function define(out: Record<string, unknown>, key: string, value: unknown): void {
  let free = key;
  for (let number = 2; Object.hasOwn(out, free); number += 1) free = `${key}~${number}`;
  if (free === '__proto__')
    Object.defineProperty(out, free, { value, enumerable: true, writable: true, configurable: true });
  else out[free] = value;
}

/** The redacted value and what was found in it. */
export function walked(value: unknown, walk: Walk): unknown {
  const result = visit(value, PLAIN, walk);
  return result === undefined && value !== undefined ? null : result;
}
