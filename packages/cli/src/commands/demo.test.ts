import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateNames } from '@hedge-telemetry/contract';
import { simulatedSurfaces } from '@hedge-telemetry/paper-executor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument, navLine, put, start } from '../../test/run-cli.js';

/** Runs a command on a pseudo-terminal. */
const SCRIPT = '/usr/bin/script';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-demo-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe('demo with a paper executor', () => {
  it('runs for the given time and ends with every surface fresh and a summary', async () => {
    const { exit, out, err } = await cli([
      'demo',
      '--seconds',
      '5',
      '--rate',
      '20',
      '--dir',
      dir,
      '--symbols',
      'BTCUSDT,ETHUSDT',
    ]);
    const lines = out.trimEnd().split('\n');
    expect(exit).toBe(0);
    expect(lines[0]).toMatch(/^\d\.\d s  \d+ fresh  nav_total [\d,.]+ USD/);
    expect(lines.filter((line) => / FRESH /.test(line))).toHaveLength(simulatedSurfaces.length);
    expect(lines.at(-1)).toMatch(/^The paper executor ran \d+ loops, .* \d+ fresh; .*nothing broke the contract.*\.$/);
    expect(out).not.toContain('\u001b');
    expect(err).not.toContain('error');
    const check = JSON.parse((await cli(['check', join(dir, 'mirror'), '--json'])).out);
    expect(check.ok).toBe(true);
    expect(check.files.filter(({ dialect }: { dialect: string }) => dialect !== 'canonical')).toEqual([]);
  });

  it('opens on the dashboard: one address is printed, which shows demo data', async () => {
    const { child, ended } = start(['demo', '--dir', dir, '--port', '0']);
    let talk = '';
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: string) => {
        talk += text;
        if (/dashboard: \S+\n/.test(talk)) resolve();
      });
    });
    const [url = ''] = /http:\S+/.exec(talk) ?? [];
    const page = await (await fetch(url)).text();
    expect(page).toContain('DEMO: simulated data, no real money.');
    const { status } = (await (await fetch(new URL('/api/v1/surfaces', url))).json()) as {
      status: { mirror: unknown; environment: unknown };
    };
    expect(status.mirror).toMatchObject({ ok: true });
    expect(status.environment).toMatchObject({ name: 'DEMO' });
    child.kill();
    const { exit, err } = await ended;
    expect(exit).toBe(0);
    expect(err.match(/http:/g)).toHaveLength(1);
  });

  it('announces the incidents of a scenario, and does not count them as errors', async () => {
    const { exit, err } = await cli(['demo', '--seconds', '1', '--scenario', 'incidents', '--port', '0']);
    expect(exit).toBe(0);
    expect(err).toContain('7 incidents, 12 s each');
    expect((await cli(['demo', '--scenario', 'earthquake'])).exit).toBe(2);
  });

  it('ends where the port is taken, and says how to mend it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { exit, err } = await cli(['demo', '--dir', dir, '--port', String(port)]);
    taken.close();
    expect(exit).toBe(4);
    expect(err).toMatch(/cannot listen on 127\.0\.0\.1:\d+: the port is in use \(EADDRINUSE\)\s+fix: --port N/);
  });

  it('runs one loop with EXECUTOR_ONCE and removes its temporary files', async () => {
    const { exit, out } = await cli(['demo', '--json'], '', { EXECUTOR_ONCE: '1', TMPDIR: dir });
    const last = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
    expect(exit).toBe(0);
    expect(last.surfaces.map(({ surface, state }: Record<string, string>) => [surface, state])).toEqual(
      stateNames.map((surface) => [surface, simulatedSurfaces.includes(surface) ? 'fresh' : 'never']),
    );
    expect(last.errors).toEqual([]);
    expect(await readdir(dir)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s', async (signal) => {
    const { child, printed, ended } = start(['demo', '--dir', dir]);
    await printed(' fresh');
    child.kill(signal);
    const { exit, out } = await ended;
    expect(exit).toBe(0);
    expect(out).toContain('The files are kept');
  });

  it('exits 4 without a stack trace where its files cannot be written', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    const plain = await cli(['demo', '--dir', join(file, 'below')]);
    expect(plain).toMatchObject({ exit: 4, out: '' });
    expect(plain.err).toContain('ENOTDIR');
    expect(plain.err).not.toMatch(/^\s+at /m);
    expect((await cli(['demo', '--debug', '--dir', join(file, 'below')])).err).toMatch(/^\s+at /m);
  });
});

describe.skipIf(!existsSync(SCRIPT))('demo on a screen', () => {
  it.each([
    ['in colour', '', true],
    ['without colour where NO_COLOR is set', '1', false],
  ])('redraws the view in place, %s, and gives the screen back', (_name, noColour, isPainted) => {
    const command = `"${process.execPath}" packages/cli/bin/hedge-telemetry.js demo --seconds 2`;
    const out = execFileSync(SCRIPT, ['-qec', command, '/dev/null'], {
      cwd: join(import.meta.dirname, '../../../..'),
      encoding: 'utf8',
      env: { ...process.env, EXECUTOR_ONCE: '', NO_COLOR: noColour, TERM: 'xterm', TMPDIR: dir },
    });
    expect(out).toMatch(
      /\u001b\[\?25l[^]+\u001b\[H[^]*Ctrl-C ends[^]+\u001b\[\?7h\u001b\[\?25h[^]+nothing broke the contract/,
    );
    expect(out.includes('\u001b[32mFRESH')).toBe(isPainted);
  });
});

describe('demo with logs', () => {
  it('shows what the logs are recognised as and what a reader sees of their mirror', async () => {
    await put(dir, 'logs/state/nav.json', navDocument());
    await put(dir, 'logs/execution/nav_history.jsonl', navLine(1) + navLine(2));
    const { exit, out } = await cli(['demo', '--logs', join(dir, 'logs'), '--seconds', '3']);
    expect(exit).toBe(0);
    expect(out).toMatch(/^execution\/nav_history\.jsonl\s+nav_history\s+canonical\s+1\.0\.0\s+2 lines/);
    expect(out).toMatch(/^nav\s+FRESH\s.*nav_total 10,250\.50 USD/m);
    expect(out).toMatch(/^positions\s+NEVER\s+-\s+-$/m);
    expect(out).toMatch(/^nav_history\s+2 lines$/m);
    expect(existsSync(join(dir, 'logs/mirror'))).toBe(false);
  });

  it('exits 5 where they break the contract', async () => {
    await put(dir, 'logs/state/nav.json', { ...navDocument(), nav_total: 'much' });
    const { exit, out, err } = await cli(['demo', '--logs', join(dir, 'logs')], '', { EXECUTOR_ONCE: '1' });
    expect(exit).toBe(5);
    expect(out).toMatch(/^nav\s+INVALID\s.*nav_total invalid\s+aum 10,250\.50 USD/m);
    expect(err).toContain('/nav_total is "much"');
  });

  it('exits 3 where there are none', async () => {
    expect(await cli(['demo', '--logs', join(dir, 'nowhere')])).toMatchObject({ exit: 3, out: '' });
  });
});
