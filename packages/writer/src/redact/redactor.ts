import { convert, isPlain } from './convert.js';
import { errorRecord, isError } from './errors.js';
import { knownValues } from './known/known-values.js';
import { secretValues } from './known/sensitive-env.js';
import type { Environment } from './known/sensitive-env.js';
import { keyTable } from './keys.js';
import type { RedactionFinding } from './kinds.js';
import { defaultLimits } from './limits.js';
import type { Limits } from './limits.js';
import { PLAIN } from './names/classify.js';
import { screenOf } from './screen/screen.js';
import type { Screen } from './screen/screen.js';
import { judgesOf } from './screen/verdicts.js';
import type { StackPolicy } from './stack-spans.js';
import { newWalk, walked } from './walk.js';

const SHORTEST_VALUE = 4;
const LEAST: Limits = { string: 32, key: 16, depth: 1, nodes: 1, size: 32 };

/** How a redactor judges. */
export interface RedactorOptions {
  /** The environment whose sensitive values are looked for, read once; `process.env` where not given. */
  readonly env?: Environment;
  /** Names of variables that are sensitive whatever the rule by name says; their values count from 4 characters on. */
  readonly sensitive?: readonly string[];
  /** Names of variables that are not, whatever the rule says. */
  readonly harmless?: readonly string[];
  /** Further secret values, as from a vault; from 4 characters on. */
  readonly values?: readonly string[];
  /** What becomes of stack traces; `removed` where not given. */
  readonly stacks?: StackPolicy['mode'];
  /** The project's root, for `sanitised`; the working directory where not given. */
  readonly root?: string;
  readonly limits?: Partial<Limits>;
}

/** A value without its secrets, and what was found; the same value where nothing had to change. */
export interface Redacted {
  readonly value: unknown;
  readonly findings: readonly RedactionFinding[];
}

/** Redacts one value. Never throws and never changes what it is given. */
export type Redactor = (value: unknown) => Redacted;

/** What is left where even the walk's first step fails, as when the caller's stack is used up. */
const UNREADABLE: Redacted = { value: '[unreadable]', findings: [{ kind: 'unreadable', pointer: '', count: 1 }] };

/** A redactor, and the screen that tells quickly what it would leave as it is. */
export interface Redaction {
  readonly redact: Redactor;
  /** The form that an object gets which is no plain data, with what is found in it by itself; undefined for plain data. May throw where the object does. */
  readonly convert: (value: object) => Redacted | undefined;
  readonly screen: Screen;
}

/** Makes a redactor; the known values are compiled here, once. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  return createRedaction(options).redact;
}

/** Makes a redactor and its screen; the known values are compiled here, once for both. */
export function createRedaction(options: RedactorOptions = {}): Redaction {
  const {
    env = process.env,
    sensitive = [],
    harmless = [],
    values = [],
    stacks = 'removed',
    root = process.cwd(),
  } = options;
  const secrets = new Set([
    ...secretValues(env, { sensitive, harmless }),
    ...values.filter(({ length }) => length >= SHORTEST_VALUE),
  ]);
  const limits = limitsOf(options.limits ?? {});
  const context = { ...knownValues([...secrets]), stacks: { mode: stacks, root } };
  const keys = keyTable(context, limits);
  const judges = judgesOf(context, limits.string);
  const screen = screenOf(context, judges, keys, limits);
  const redact: Redactor = (value) => {
    try {
      const walk = newWalk({ scrubbing: context, limits, keys, judges });
      const result = walked(value, walk);
      return { value: result, findings: walk.recorder.findings() };
    } catch {
      return UNREADABLE;
    }
  };
  const converted = (value: object): Redacted | undefined => {
    if (isPlain(value)) return undefined;
    const walk = newWalk({ scrubbing: context, limits, keys, judges });
    if (isError(value)) return { value: errorRecord(value, PLAIN, walk), findings: walk.recorder.findings() };
    const result = convert(value);
    return result === undefined
      ? undefined
      : { value: result.value, findings: [{ kind: result.kind, pointer: '', count: 1 }] };
  };
  return { redact, convert: converted, screen };
}

function limitsOf(given: Partial<Limits>): Limits {
  const limit = (key: keyof Limits): number => Math.max(LEAST[key], Math.floor(given[key] ?? defaultLimits[key]));
  return {
    string: limit('string'),
    key: limit('key'),
    depth: limit('depth'),
    nodes: limit('nodes'),
    size: limit('size'),
  };
}
