import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import type { FieldRow } from './fields.js';

/** A document below schemas/examples. */
export interface Example {
  /** Path below schemas/examples, e.g. nav/valid/typical.json. */
  readonly file: string;
  /** File name without .json. */
  readonly name: string;
  readonly document: unknown;
}

/** An example that breaks a rule, and where. */
export interface InvalidExample extends Example {
  readonly surface: string;
  readonly rule: string;
  readonly pointer: string;
}

/** A document in a legacy dialect and what it becomes. */
export interface LegacyExample extends Example {
  readonly dialect: string;
  readonly canonical: unknown;
}

/** The examples of a surface. */
export interface Examples {
  readonly valid: readonly Example[];
  readonly invalid: readonly InvalidExample[];
  readonly legacy: readonly LegacyExample[];
}

/** Reads the examples of a surface; a folder that is not there holds none. */
export async function loadExamples(root: string, surface: string): Promise<Examples> {
  const [valid, invalid, legacy] = await Promise.all(
    ['valid', 'invalid', 'legacy'].map((folder) => readFolder(root, surface, folder)),
  );
  return {
    valid: valid ?? [],
    invalid: (invalid ?? []).map((each) => ({ ...each, ...(each.document as WrittenInvalid), surface })),
    legacy: (legacy ?? []).map((each) => ({ ...each, ...(each.document as WrittenLegacy) })),
  };
}

interface WrittenInvalid {
  readonly rule: string;
  readonly pointer: string;
  readonly document: unknown;
}

interface WrittenLegacy {
  readonly dialect: string;
  readonly document: unknown;
  readonly canonical: unknown;
}

async function readFolder(root: string, surface: string, folder: string): Promise<Example[]> {
  const directory = path.join(root, 'schemas/examples', surface, folder);
  const names = await readdir(directory).catch(() => []);
  const files = names.filter((each) => each.endsWith('.json')).toSorted();
  return Promise.all(
    files.map(async (each) => ({
      file: `${surface}/${folder}/${each}`,
      name: each.slice(0, -'.json'.length),
      document: JSON.parse(await readFile(path.join(directory, each), 'utf8')) as unknown,
    })),
  );
}

/** The first value of a field in the examples, "typical" first; undefined where none holds one. */
export function exampleValue({ path: keys, branch }: FieldRow, { valid }: Examples, tag: string | undefined): unknown {
  const ordered = valid.toSorted((a, b) => Number(b.name.includes('typical')) - Number(a.name.includes('typical')));
  for (const { document } of ordered) {
    if (branch !== null && valueAt(document, [tag ?? '']) !== branch) continue;
    const value = valueAt(document, keys);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

function valueAt(document: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return document;
  if (typeof document !== 'object' || document === null) return undefined;
  if (key !== '*') return Object.hasOwn(document, key) ? valueAt(Reflect.get(document, key), rest) : undefined;
  for (const each of Object.values(document)) {
    const value = valueAt(each, rest);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
