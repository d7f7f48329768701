import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../../test/run-cli.js';

const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hedge-telemetry-python-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('export python', () => {
  it('writes the package, and replaces an earlier export as a whole', async () => {
    const out = path.join(directory, 'package');
    expect(await cli(['export', 'python', '--out', out])).toEqual({
      exit: 0,
      out: `${out}\n`,
      err: `install it with: python3 -m pip install ${out}\n`,
    });
    expect((await readdir(out)).toSorted()).toEqual(['README.md', 'backend', 'pyproject.toml', 'src']);
    const files = await readdir(out, { recursive: true });
    expect(files.filter((file) => file.includes('__pycache__'))).toEqual([]);
    await writeFile(path.join(out, 'src/hedge_telemetry/gone.py'), '');
    expect((await cli(['export', 'python', '--out', out])).exit).toBe(0);
    expect((await readdir(out, { recursive: true })).toSorted()).toEqual(files.toSorted());
  });

  it('leaves a directory alone that holds something else', async () => {
    await writeFile(path.join(directory, 'pyproject.toml'), '[project]\nname = "other"\n');
    const { exit, out, err } = await cli(['export', 'python', '--out', directory]);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toBe(`error: ${directory} holds something else\n  fix: give --out a directory that is new or empty.\n`);
    expect(await readdir(directory)).toEqual(['pyproject.toml']);
  });

  it('says why it cannot write', async () => {
    await writeFile(path.join(directory, 'file'), '');
    expect((await cli(['export', 'python', '--out', path.join(directory, 'file/x')])).exit).toBe(4);
  });

  it.skipIf(!hasPython)('writes a package that works where it was written', async () => {
    const out = path.join(directory, 'package');
    await cli(['export', 'python', '--out', out]);
    const logs = path.join(directory, 'logs');
    await mkdir(logs);
    const code = [
      'import sys',
      'from hedge_telemetry import append',
      'result = append("nav_history", {"nav_total": 4012.0}, dir=sys.argv[1])',
      'print(result.ok, [each.message for each in result.findings])',
    ].join('\n');
    const environment = { ...process.env, PYTHONPATH: path.join(out, 'src'), PYTHONDONTWRITEBYTECODE: '1' };
    const said = execFileSync('python3', ['-c', code, logs], { env: environment, encoding: 'utf8' });
    expect(said).toBe('True []\n');
    const line = await readFile(path.join(logs, 'execution/nav_history.jsonl'), 'utf8');
    expect(JSON.parse(line)).toMatchObject({ nav_total: 4012 });
  });
});
