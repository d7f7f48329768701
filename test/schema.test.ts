import path from 'node:path';

import { registry, stateNames, valueAt } from '@hedge-telemetry/contract';
import type { FieldNode } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';
import { describe, expect, it } from 'vitest';

import { stateKeys } from './contract-keys.js';
import { readJson, repository, runExecutor, testEnvironment, withDirectory } from './support.js';

describe('the schemas and the contract', () => {
  it.each(stateNames)('agree on the keys of %s', (name) => {
    const { root } = registry[name];
    const { keys, rows } = stateKeys[name];
    for (const key of keys) expect(root.required, key).toContain(key);
    if (rows !== undefined) for (const key of rows) expect(rowsOf(root)?.required, key).toContain(key);
  });

  it('know every state file of the contract', () => {
    expect(Object.keys(stateKeys).toSorted()).toEqual([...stateNames].toSorted());
  });
});

describe('an executor that ran one loop under BINANCE_TESTNET=1 DRY_RUN=1 EXECUTOR_ONCE=1', () => {
  it('has written every state file with the keys that the contract requires', async () => {
    await withDirectory(async (logs) => {
      await runExecutor(logs, 1, testEnvironment);
      for (const name of stateNames) {
        const document = await readJson(logs, registry[name].file);
        for (const key of stateKeys[name].keys) expect(document, `${name}.${key}`).toHaveProperty([key]);
      }
    });
  });
});

describe('a document from which something is missing', () => {
  it.each(stateNames)('never makes a reader of %s fail, and what is missing is absent, not zero', async (name) => {
    const typical = await readJson(repository, 'schemas/examples', name, 'valid/typical.json');
    const optional = Object.keys(registry[name].root.fields ?? {}).filter(
      (key) => !registry[name].root.required?.includes(key),
    );
    const stamped = ['schema', registry[name].age.pointer.slice(1)];
    await withDirectory(async (logs) => {
      for (const key of optional.filter((each) => valueAt(typical, `/${each}`) !== undefined)) {
        const { [key]: _, ...document } = typical as Record<string, unknown>;
        await publish(logs, name, document);
        const { readings, state } = await createReader({ dir: logs }).read(name);
        expect(['fresh', 'stale', 'skewed']).toContain(state);
        if (!stamped.includes(key))
          expect(JSON.stringify((readings as unknown as Record<string, unknown>)[key])).toContain('"state":"absent"');
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

async function publish(logs: string, name: (typeof stateNames)[number], document: unknown): Promise<void> {
  const writer = createWriter({ dir: logs });
  const result = writer.publish(name, document as never);
  expect(result.findings.filter(({ level }) => level === 'error')).toEqual([]);
  await writer.close();
}
