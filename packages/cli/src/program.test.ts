import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../test/run-cli.js';

describe('the command line', () => {
  it.each<[string[], string]>([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['check'], "missing required argument 'dir'"],
    [['check', 'a', 'b'], 'too many arguments'],
    [['show', 'events', '--dir', '.'], 'expected a state surface'],
    [['tail', 'nav', '--dir', '.'], 'expected a ledger: events,'],
    [['tail', 'events', '--dir', '.', '--from', '-1'], 'expected a whole number from 0 up'],
    [['demo', '--seconds', '0'], 'expected a number above 0'],
    [['demo', '--symbols', 'btc;rm'], 'expected symbols in capitals'],
    [['publish', 'constructor', '--dir', '.'], 'expected a state surface'],
  ])('exits 2 and says what is wrong with %j', async (parameters, message) => {
    const { exit, out, err } = await cli(parameters);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toContain('--help');
  });

  it('exits 2 with the help where nothing is given', async () => {
    const { exit, err } = await cli([]);
    expect(exit).toBe(2);
    expect(err).toMatch(/^Usage: hedge-telemetry/);
  });

  it('prints its version and help to stdout', async () => {
    const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8'));
    expect(await cli(['--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' });
    const help = await cli(['--help']);
    expect(help).toMatchObject({ exit: 0, err: '' });
    for (const command of ['check', 'show', 'tail', 'sync', 'publish', 'append', 'demo'])
      expect(help.out).toContain(`  ${command} `);
    expect(help.out).toContain('Exit codes: 0 clean, 1 internal error, 2 usage, 3 not found, 4 input');
    expect((await cli(['show', '--help'])).out).toContain('--json');
  });

  it('exits 1 and says what to do where it is not built', () => {
    const dir = mkdtempSync(join(tmpdir(), 'cli-unbuilt-'));
    mkdirSync(join(dir, 'bin'));
    const copy = join(dir, 'bin/hedge-telemetry.mjs');
    copyFileSync(resolve(import.meta.dirname, '../bin/hedge-telemetry.js'), copy);
    const { status, stderr } = spawnSync(process.execPath, [copy, 'check', '.'], { encoding: 'utf8' });
    rmSync(dir, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toBe('hedge-telemetry is not built yet: run "npm run build" in the repository.\n');
  });

  it('can be started as a program', () => {
    const binary = resolve(import.meta.dirname, '../bin/hedge-telemetry.js');
    expect(execFileSync(binary, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
