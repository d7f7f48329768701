import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { python } from './python/interpreter.js';
import { repositoryCopy } from './repository-copy.js';

/** The equity curve of a PnL tracker, a surface that the contract does not have. */
const sample = {
  timestamps: [1_764_000_000, 1_764_000_600, 1_764_001_200],
  equity: [10_000, 10_012.5, 9_995.25],
  ts: 1_764_001_200,
  window_days: 7,
  initial_equity: 10_000,
  record_count: 3,
  total_pnl: -4.75,
  win_rate: 0.5,
  mode: null,
};

const READ_EQUITY = `from hedge_telemetry import Reader
equity = Reader("logs").read("equity")
print(equity.state, equity.readings["total_pnl"].value, equity.readings["mode"].state)
`;

let copy: string;

beforeAll(() => {
  copy = repositoryCopy();
  mkdirSync(path.join(copy, 'logs/state'), { recursive: true });
  writeFileSync(path.join(copy, 'logs/state/equity.json'), JSON.stringify(sample));
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('add-surface, as CONTRIBUTING walks through it', () => {
  it(
    'leads from a file to everything that is generated, with no edit but of the new schema',
    { timeout: 900_000 },
    async () => {
      const first = command('add-surface', 'equity', '--from', 'logs/state/equity.json');
      expect(first.status, first.printed).toBe(5);
      expect(first.printed).toMatch(/\d+ questions stand under x-unsure in schemas\/state\/equity\.schema\.json/);

      answer('schemas/state/equity.schema.json');
      const release = command('schema', 'release');
      expect(release.status, release.printed).toBe(0);
      expect(release.printed).toContain('equity 1.0.0');
      const second = command('add-surface', 'equity', '--renew');
      expect(second.status, second.printed).toBe(0);
      expect(command('docs', '--check')).toMatchObject({ status: 0 });

      // Types and validators: the examples are what the contract says they are.
      expect(read('packages/contract/generated/types/equity.d.ts')).toContain('total_pnl: number');
      const examples = run(
        'node_modules/vitest/vitest.mjs',
        'run',
        'packages/contract/src/examples.test.ts',
        '-t',
        'equity',
      );
      expect(examples.status, examples.printed).toBe(0);
      // The page of the surface and its place in the indexes.
      expect(read('docs/surfaces/equity.md')).toContain('field-total_pnl');
      expect(read('docs/index/fields.md')).toContain('total_pnl');
      expect(existsSync(path.join(copy, 'docs/schemas/state/equity.schema.json'))).toBe(true);
      // The writer publishes it, the reader reads it.
      expect(run('packages/cli/publish-equity.mjs').printed).toBe('true fresh -4.75 absent\n');
      // So does Python.
      if (python !== null) expect(inPython(python, READ_EQUITY)).toBe('fresh -4.75 absent\n');
      // The dashboard shows its table and exports its metric.
      const { page, metrics } = await served();
      expect(page).toContain('total_pnl');
      expect(page).toContain('Profit and loss of the window');
      expect(metrics).toContain('hedge_equity_window_pnl_usd -4.75');
      // What checks the form of files has nothing to say.
      const written = [
        'schemas/state/equity.schema.json',
        'schemas/examples/equity',
        'docs/surfaces/equity.md',
        'CHANGELOG.md',
      ];
      const format = run('node_modules/prettier/bin/prettier.cjs', '--check', ...written);
      expect(format.status, format.printed).toBe(0);
    },
  );

  it('refuses what cannot name a surface, and a file that is not there', () => {
    expect(command('add-surface', 'Equity Curve')).toMatchObject({ status: 2 });
    expect(command('add-surface', 'other', '--from', 'logs/nothing.json')).toMatchObject({ status: 2 });
    expect(command('add-surface', 'nav', '--kind', 'ledger')).toMatchObject({ status: 2 });
    writeFileSync(path.join(copy, 'logs/state/torn.json'), '{"a":');
    expect(command('add-surface', 'torn', '--from', 'logs/state/torn.json')).toMatchObject({ status: 4 });
    expect(existsSync(path.join(copy, 'schemas/state/torn.schema.json'))).toBe(false);
  });
});

/** What a person does: reads the questions, says what the field is, and removes them. */
function answer(file: string): void {
  const schema = JSON.parse(read(file)) as { properties: Record<string, Record<string, unknown>> };
  const pnl = schema.properties['total_pnl'] ?? {};
  pnl['description'] = 'Profit and loss of the window.';
  pnl['x-metric'] = { name: 'hedge_equity_window_pnl_usd', type: 'gauge' };
  const answered = JSON.stringify(schema, (key, value: unknown) => (key === 'x-unsure' ? undefined : value), 2);
  writeFileSync(path.join(copy, file), `${answered}\n`);
  writeFileSync(
    path.join(copy, 'packages/cli/publish-equity.mjs'),
    `import { createWriter } from '@hedge-telemetry/writer';
import { createReader } from '@hedge-telemetry/reader';
const writer = createWriter({ dir: 'logs' });
const { ok } = writer.publish('equity', { ...${JSON.stringify(sample)}, ts: new Date() });
await writer.close();
const { state, readings } = await createReader({ dir: 'logs' }).read('equity');
console.log(ok, state, readings.total_pnl.value, readings.mode.state);
`,
  );
}

/** Runs a script with the package of the copy; what it prints, errors included. */
function inPython(interpreter: string, script: string): string {
  const env = { ...process.env, PYTHONPATH: path.join(copy, 'packages/contract-python/src') };
  const { stdout, stderr } = spawnSync(interpreter, ['-c', script], { cwd: copy, encoding: 'utf8', env });
  return `${stdout}${stderr}`;
}

async function served(): Promise<{ page: string; metrics: string }> {
  const server = spawn(
    process.execPath,
    ['packages/cli/bin/hedge-telemetry.js', 'serve', '--dir', 'logs', '--port', '0'],
    {
      cwd: copy,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const look = (text: string): void => {
        const found = /http:\/\/\S+/.exec(text)?.[0];
        if (found !== undefined) resolve(found);
      };
      server.stdout.setEncoding('utf8').on('data', look);
      server.stderr.setEncoding('utf8').on('data', look);
      server.once('exit', (code) => reject(new Error(`serve ended with ${String(code)}`)));
    });
    const text = async (route: string): Promise<string> => (await fetch(new URL(route, url))).text();
    return { page: await text('/'), metrics: await text('/metrics') };
  } finally {
    server.kill();
  }
}

function read(file: string): string {
  return readFileSync(path.join(copy, file), 'utf8');
}

function command(...args: string[]): { status: number | null; printed: string } {
  return run('packages/cli/bin/hedge-telemetry.js', ...args);
}

function run(program: string, ...args: string[]): { status: number | null; printed: string } {
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: copy,
    encoding: 'utf8',
    env,
  });
  return { status, printed: `${stdout}${stderr}` };
}
