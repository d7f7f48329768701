import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { ledgerNames } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { bundle, loadSchemas, surfaceFiles } from '@hedge-telemetry/evolution';
import type { Bundle } from '@hedge-telemetry/evolution';
import { packageVersion } from '../../version.js';
import { asyncApiDocument } from './document.js';
import type { Example } from './document.js';

const SCHEMAS = fileURLToPath(new URL('../../../../../schemas', import.meta.url));

/** The AsyncAPI document of this installation's ledgers as text; `docs/asyncapi.json` holds it. */
export async function asyncApiText(): Promise<string> {
  const set = await loadSchemas(SCHEMAS);
  const files = surfaceFiles(set);
  const bundles = byLedger((name): Bundle => {
    const file = files.find((each) => each.kind === 'ledger' && each.name === name);
    if (file === undefined) throw new Error(`schemas/logs has no schema of the ledger ${name}; run "npm run generate"`);
    return bundle(set, file);
  });
  const examples = Object.fromEntries(
    await Promise.all(ledgerNames.map(async (name): Promise<[string, Example[]]> => [name, await examplesOf(name)])),
  ) as Record<LedgerName, Example[]>;
  return `${JSON.stringify(asyncApiDocument({ bundles, examples }, packageVersion()), null, 2)}\n`;
}

/** The typical line of each kind that the ledger holds. */
async function examplesOf(name: LedgerName): Promise<Example[]> {
  const directory = path.join(SCHEMAS, 'examples', name, 'valid');
  const files = (await readdir(directory)).filter((file) => file.endsWith('typical.json')).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.json$/, ''),
      payload: JSON.parse(await readFile(path.join(directory, file), 'utf8')) as unknown,
    })),
  );
}

function byLedger<T>(of: (name: LedgerName) => T): Record<LedgerName, T> {
  return Object.fromEntries(ledgerNames.map((name) => [name, of(name)])) as Record<LedgerName, T>;
}
