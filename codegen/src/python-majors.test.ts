import { execFileSync, spawnSync } from 'node:child_process';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { writeOutput } from './output.js';
import { emitPython, PYTHON_GENERATED } from './passes/python.js';
import { loadSource } from './source.js';
import { copyContract, release, rename } from './testing-copy.js';
import { repository, writeStep } from './testing.js';

const python = process.env['TELEMETRY_PYTHON'] ?? 'python3';
const hasPython = spawnSync(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
const SCRIPT = `
import json, sys
from hedge_telemetry.interpret import interpret
found = interpret("nav", json.loads(sys.argv[1]))
print(json.dumps([found.dialect, found.document is not None, [each.rule for each in found.findings]]))
`;

let root: string;
let folder: string;
/** The major version of nav that the repository is at; one more follows it in the copy. */
let first: number;
let older: Record<string, unknown>;

beforeAll(async () => {
  root = await copyContract();
  folder = path.join(root, 'packages/contract-python');
  const example = path.join(repository, 'schemas/examples/nav/valid/typical.json');
  first = await release(root, 'nav');
  older = { ...(JSON.parse(await readFile(example, 'utf8')) as object), schema: `nav_v${first}` };
  await rename(root, 'state/nav', 'sources_ok', 'balances_ok', first + 1);
  await writeStep(root, 'nav', first, '');
  await cp(path.join(repository, 'packages/contract-python/src'), path.join(folder, 'src'), { recursive: true });
  await writeOutput(folder, emitPython(await loadSource(root)), PYTHON_GENERATED);
}, 180_000);

afterAll(() => rm(root, { recursive: true, force: true }));

function interpreted(document: unknown): unknown {
  const env = { ...process.env, PYTHONPATH: path.join(folder, 'src'), PYTHONDONTWRITEBYTECODE: '1' };
  const said = execFileSync(python, ['-c', SCRIPT, JSON.stringify(document)], { env, encoding: 'utf8' });
  return JSON.parse(said);
}

describe.skipIf(!hasPython)('in Python, a document of a surface that a newer major version followed', () => {
  it('is recognised as what it is, tagged or not, and not taken for the newest', () => {
    const { schema: _, ...untagged } = older;
    for (const document of [older, untagged])
      expect(interpreted(document)).toEqual([`v${first}`, false, ['older-version', 'migration-failed']]);
  });

  it('is validated in the words of its own version', () => {
    expect(interpreted({ ...older, sources_ok: 'yes' })).toEqual([`v${first}`, false, ['type-mismatch']]);
  });

  it('of the newest version is taken', () => {
    const { sources_ok: balances, ...rest } = older;
    const newest = { ...rest, schema: `nav_v${first + 1}`, balances_ok: balances };
    expect(interpreted(newest)).toEqual(['canonical', true, []]);
  });
});
