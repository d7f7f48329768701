import { fingerprint } from './fingerprint.js';
import { PLAIN } from './names/classify.js';
import type { NameClass } from './names/classify.js';
import { inheritedName } from './names/inherit.js';
import { relativeFrames } from './stack-spans.js';
import { findStacks } from './stacks.js';
import { cleanText } from './text.js';
import type { Walk } from './walk.js';

const LONGEST_STACK = 65_536;

/** What an error becomes. `frames` only where stacks are sanitised. */
export interface ErrorRecord {
  readonly name: string;
  readonly code: string | number | null;
  readonly message: string;
  /** Equal for the same error whatever values and paths it carries; 16 hex digits. */
  readonly fingerprint: string;
  readonly frames?: readonly string[];
}

/** True for an error of this realm or another. */
export function isError(value: object): boolean {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** An error without its stack, its paths and its further properties, which may hold requests and configuration. */
export function errorRecord(error: object, inherited: NameClass, walk: Walk): ErrorRecord {
  const { recorder, scrubbing } = walk;
  recorder.record('error');
  const name = part(error, 'name', inherited, walk) ?? 'Error';
  const message = part(error, 'message', inherited, walk) ?? '';
  const frames = findStacks(String(read(error, 'stack') ?? '').slice(0, LONGEST_STACK)).flatMap((each) => each.frames);
  const record: ErrorRecord = {
    name,
    code: code(error, inherited, walk),
    message,
    fingerprint: fingerprint({ name, message, frames }),
  };
  if (scrubbing.stacks.mode === 'removed') return record;
  const shown = relativeFrames(frames, scrubbing.stacks.root);
  return { ...record, frames: shown.map((frame) => cleanText(frame, PLAIN, walk)) };
}

/** A string of the error; under a name that says that a secret stands there, that holds for it as for any other. */
function part(error: object, key: string, inherited: NameClass, walk: Walk): string | undefined {
  const value = read(error, key);
  if (typeof value !== 'string') return undefined;
  walk.recorder.path.push(key);
  const text = cleanText(value, inheritedName(key, PLAIN, inherited), walk, true);
  walk.recorder.path.pop();
  return text;
}

function code(error: object, inherited: NameClass, walk: Walk): string | number | null {
  const value = read(error, 'code');
  return typeof value === 'number' && Number.isFinite(value) ? value : (part(error, 'code', inherited, walk) ?? null);
}

function read(error: object, key: string): unknown {
  try {
    return Reflect.get(error, key);
  } catch {
    return undefined;
  }
}
