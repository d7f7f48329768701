import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { registry, stateNames } from '@hedge-telemetry/contract';
import type { FieldNode } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { describe, expect, it } from 'vitest';

import { stateKeys } from './contract-keys.js';
import { readJson, repository, runExecutor, testEnvironment, withDirectory } from './support.js';

const contractNames = Object.keys(stateKeys) as (keyof typeof stateKeys)[];

describe('the schemas and the contract', () => {
  it.each(contractNames)('agree on the keys of %s', (name) => {
    const { root } = registry[name];
    const { keys, rows } = stateKeys[name];
    for (const key of keys) expect(root.required, key).toContain(key);
    if (rows !== undefined) for (const key of rows) expect(rowsOf(root)?.required, key).toContain(key);
  });

  it('know every state file of the contract', () => {
    expect(contractNames.filter((name) => !stateNames.includes(name))).toEqual([]);
    expect(contractNames).toHaveLength(15);
  });
});

describe('an executor that ran one loop under BINANCE_TESTNET=1 DRY_RUN=1 EXECUTOR_ONCE=1', () => {
  it('has written every state file with the keys that the contract requires', async () => {
    await withDirectory(async (logs) => {
      await runExecutor(logs, 1, testEnvironment);
      for (const name of contractNames) {
        const document = await readJson(logs, registry[name].file);
        for (const key of stateKeys[name].keys) expect(document, `${name}.${key}`).toHaveProperty([key]);
      }
    });
  });
});

describe('a document from which something is missing', () => {
  it.each(stateNames)('never makes a reader of %s fail, and what is missing is absent, not zero', async (name) => {
    const typical = await readJson(repository, 'schemas/examples', name, 'valid/typical.json');
    const optional = optionalKeys(registry[name].root, typical);
    expect(optional).not.toEqual([]);
    await withDirectory(async (logs) => {
      const file = path.join(logs, registry[name].file);
      await mkdir(path.dirname(file));
      for (const keys of optional) {
        await writeFile(file, JSON.stringify(without(typical, keys)));
        const { readings, state, value } = await createReader({ dir: logs }).read(name);
        expect(['fresh', 'stale', 'skewed']).toContain(state);
        expect(value).not.toBeNull();
        expect(statesAt(readings, keys), keys.join('/')).toEqual(['absent']);
      }
    });
  });

  it('reads as never where the file does not exist', async () => {
    await withDirectory(async (logs) => {
      for (const name of stateNames) {
        const reading = await createReader({ dir: path.join(logs, 'nothing') }).read(name);
        expect(reading).toMatchObject({ state: 'never', value: null, age_s: null });
      }
    });
  });
});

function rowsOf(root: FieldNode): FieldNode | undefined {
  return root.kind === 'array' ? root.items : root.fields?.['symbols']?.items;
}

/** Where the document holds keys that it might lack: paths through objects, maps and the first row of arrays. */
function optionalKeys(node: FieldNode, value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const below = (key: string, child: FieldNode | undefined): string[][] =>
    child === undefined
      ? []
      : optionalKeys(child, (value as Record<string, unknown>)[key]).map((rest) => [key, ...rest]);
  if (node.kind === 'array') return below('0', node.items);
  if (node.kind === 'map') return Object.keys(value).flatMap((key) => below(key, node.values));
  return Object.keys(value).flatMap((key) => {
    const field = node.fields?.[key];
    if (field === undefined) return [];
    return node.required?.includes(key) === true ? below(key, field) : [[key], ...below(key, field)];
  });
}

/** The document without what stands at the end of a path. */
function without(document: unknown, keys: readonly string[]): unknown {
  const copy: unknown = structuredClone(document);
  const holder = keys.slice(0, -1).reduce((each, key) => (each as Record<string, unknown>)[key], copy);
  delete (holder as Record<string, unknown>)[keys.at(-1) ?? ''];
  return copy;
}

/** The distinct states of the readings at a path; rows and maps are the values of readings. */
function statesAt(readings: unknown, keys: readonly string[]): unknown[] {
  const at = keys.reduce((each, key) => {
    const { state, value } = each as { state?: unknown; value?: unknown };
    return ((typeof state === 'string' && typeof value === 'object' ? value : each) as Record<string, unknown>)[key];
  }, readings);
  return [...new Set(leafStates(at))];
}

function leafStates(readings: unknown): unknown[] {
  const { state, ...fields } = readings as Record<string, unknown>;
  return typeof state === 'string'
    ? [state]
    : Object.values({ state, ...fields })
        .filter(Boolean)
        .flatMap(leafStates);
}
