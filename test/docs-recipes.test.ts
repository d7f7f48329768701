import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';
import { registry } from '@hedge-telemetry/contract';
import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { repository } from './support.js';

const entries = Object.values(registry);
const TORN = '{"ts": "2026-01-01T00:00:00+00:00", "sym';

/** The recipe of a page in a language. */
function recipe({ kind, name }: SurfaceEntry, language: string): string {
  const file = path.join(repository, 'docs', kind === 'state' ? 'surfaces' : 'ledgers', `${name}.md`);
  const text = readFileSync(file, 'utf8').split('## <a id="recipes"></a>')[1] ?? '';
  return new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? '';
}

/** Every valid example of a surface, as its file would hold them. */
function content({ name, kind }: SurfaceEntry): string {
  const folder = path.join(repository, 'schemas/examples', name, 'valid');
  const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  if (kind === 'state') return text('typical.json');
  const lines = readdirSync(folder).map((each) => JSON.stringify(JSON.parse(text(each))));
  return `${lines.join('\n')}\n${TORN}`;
}

let cwd: string;
let scratch: string;

beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'recipes-'));
  for (const entry of entries) {
    const file = path.join(cwd, 'logs', entry.file);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content(entry));
  }
  const modules = path.join(repository, 'test/node_modules/.scratch');
  mkdirSync(modules, { recursive: true });
  scratch = mkdtempSync(path.join(modules, 'recipes-'));
});

afterAll(() => {
  rmSync(cwd, { recursive: true });
  rmSync(scratch, { recursive: true });
});

function run(command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const isPresent = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

describe('the recipes', () => {
  it('in TypeScript compile', () => {
    for (const entry of entries) writeFileSync(path.join(scratch, `${entry.name}.ts`), recipe(entry, 'ts'));
    const options = { composite: false, declaration: false, isolatedDeclarations: false, noEmit: true };
    const config = {
      extends: path.join(repository, 'tsconfig.base.json'),
      compilerOptions: options,
      include: ['*.ts'],
    };
    writeFileSync(path.join(scratch, 'tsconfig.json'), JSON.stringify(config));
    const compiler = path.join(repository, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = run(process.execPath, [compiler, '-p', scratch]);
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('in TypeScript run', () => {
    const lines = entries.flatMap((entry) => {
      const module = `${entry.name}.mjs`;
      writeFileSync(path.join(scratch, module), recipe(entry, 'ts'));
      return [`console.log('## ${entry.name}');`, `await import('./${module}');`];
    });
    const driver = path.join(scratch, 'driver.mjs');
    writeFileSync(driver, lines.join('\n'));
    const { status, stdout, stderr } = run(process.execPath, [driver]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const parts = stdout.split('## ').slice(1);
    expect(parts.map((each) => each.split('\n')[0])).toEqual(entries.map(({ name }) => name));
    for (const part of parts) expect(part.trim().split('\n').length, part).toBeGreaterThan(1);
    expect(stdout).toMatch(/^dd_frac stale 0\.0048$/m);
  });

  it.skipIf(!isPresent('jq')).each(entries)('in jq run on $name', (entry) => {
    const { status, stdout, stderr } = run('sh', ['-c', recipe(entry, 'sh')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(/^(null\n?)*$/);
    if (entry.kind === 'ledger') expect(stdout.trim().split('\n')).toHaveLength(content(entry).split('\n').length - 1);
  });

  it.skipIf(!isPresent('python3')).each(entries)('in Python run on $name', (entry) => {
    const { status, stdout, stderr } = run('python3', ['-c', recipe(entry, 'python')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(/^$|not reported|None$/);
  });

  it.each(entries)('in DuckDB run on $name', async (entry) => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    try {
      await connection.run(`SET file_search_path = '${cwd}'`);
      const rows = (await connection.runAndReadAll(recipe(entry, 'sql'))).getRowObjectsJson();
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows)
        expect(
          Object.values(row).some((value) => value !== null),
          JSON.stringify(row),
        ).toBe(true);
    } finally {
      connection.closeSync();
    }
  });

  it.each(entries)('in DuckDB read the file of $name in its form', (entry) => {
    const sql = recipe(entry, 'sql');
    const call =
      entry.kind === 'ledger'
        ? `read_ndjson_objects('logs/${entry.file}', ignore_errors = true)`
        : `read_json_objects('logs/${entry.file}', format = '${entry.root.kind === 'array' ? 'array' : 'unstructured'}')`;
    expect(sql).toMatch(/^SELECT /);
    expect(sql).toContain(call);
    expect(sql.trim()).toMatch(/;$/);
  });
});
