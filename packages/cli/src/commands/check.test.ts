import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry, validateWriterView } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument, navLine, put } from '../../test/run-cli.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-check-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe('check', () => {
  it('recognises canonical, legacy and other files, passes over the report of a mirror, and exits 0', async () => {
    await put(dir, 'state/nav.json', navDocument());
    await put(dir, 'state/v6_runtime_probe.json', {
      engine_version: 'v7.4',
      intel_v6_enabled: true,
      ts: Date.now() / 1000,
    });
    await put(dir, 'execution/nav_history.jsonl', navLine(1) + navLine(2));
    await put(dir, 'notes.txt', 'hello');
    await put(dir, 'sync_report.json', { ok: true });
    const { exit, out } = await cli(['check', dir, '--json']);
    const report = JSON.parse(out);
    expect(exit).toBe(0);
    expect(Object.keys(report)).toEqual(['ok', 'files']);
    expect(report).toMatchObject({
      ok: true,
      files: [
        {
          path: 'execution/nav_history.jsonl',
          surface: 'nav_history',
          kind: 'ledger',
          dialect: 'canonical',
          version: '1.0.0',
          lines: { total: 2, canonical: 2, legacy: 0, invalid: 0 },
          findings: [],
        },
        {
          path: 'notes.txt',
          surface: null,
          kind: null,
          dialect: null,
          version: null,
          findings: [{ rule: 'unrecognised-file', level: 'info' }],
        },
        {
          path: 'state/nav.json',
          surface: 'nav',
          kind: 'state',
          dialect: 'canonical',
          version: registry.nav.version,
          findings: [],
        },
        { path: 'state/v6_runtime_probe.json', surface: 'v6_runtime_probe', kind: 'state', dialect: 'v7' },
      ],
    });
    expect(report.files[2]).not.toHaveProperty('lines');
  });

  it('prints JSON that its own schema accepts, whatever it found', async () => {
    await put(dir, 'state/nav.json', { ...navDocument(), nav_total: 'much' });
    await put(dir, 'state/positions.json', '[{');
    await put(dir, 'execution/nav_history.jsonl', `${navLine(1)}not JSON\n{"torn":`);
    await put(dir, 'notes.txt', '');
    const { exit, out } = await cli(['check', dir, '--json']);
    expect(exit).toBe(5);
    expect(validateWriterView('check_report', JSON.parse(out))).toEqual([]);
  });

  it('prints one line per file and its findings below it', async () => {
    await put(dir, 'state/nav.json', { ...navDocument(), nav_total: 'much' });
    await put(dir, 'notes.txt', '');
    const { exit, out, err } = await cli(['check', dir]);
    expect(exit).toBe(5);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().replace(/\s+/g, ' ')),
    ).toEqual([
      'notes.txt not of the contract - -',
      `state/nav.json nav canonical ${registry.nav.version}`,
      'error /nav_total is "much", expected number or null [type-mismatch]',
      'expected number or null, got "much"',
      'fix: Write a value of the expected type, or null where the field allows it.',
    ]);
    expect(err).toBe('2 files, 1 of the contract, NOT in order; 1 error, 1 info\n');
  });

  it('counts the lines of a ledger and names the dialect that most of them are in', async () => {
    const legacy = '{"t": 1764000000.5, "nav": 10250.5}\n';
    await put(
      dir,
      'execution/nav_history.jsonl',
      `${navLine(1)}${legacy}${legacy}\n{"ts":"x","nav_total":1}\ntorn{\n${navLine(6).trim()}`,
    );
    const { exit, out } = await cli(['check', dir, '--json']);
    const [file] = JSON.parse(out).files;
    expect(exit).toBe(5);
    expect(file).toMatchObject({ dialect: 'v7', lines: { total: 5, canonical: 1, legacy: 2, invalid: 2 } });
    expect(file.findings.map(({ rule, line }: { rule: string; line: number }) => [rule, line])).toEqual([
      ['type-mismatch', 5],
      ['json-syntax', 6],
      ['line-unterminated', 7],
      ['legacy-dialect', 2],
    ]);
    expect(file.findings[3].message).toContain('(and on 1 more line)');
  });

  it('lists at most 20 findings of a ledger and says how many more there are', async () => {
    await put(dir, 'execution/events.jsonl', '{\n'.repeat(50));
    const [file] = JSON.parse((await cli(['check', dir, '--json'])).out).files;
    expect(file).toMatchObject({ surface: 'events', dialect: null, version: null, lines: { total: 50, invalid: 50 } });
    expect(file.findings).toHaveLength(20);
    expect(file.findings[19].message).toMatch(/\(and 30 more findings\)$/);
    expect(file.findings[18].message).not.toContain('more findings');
  });

  it('recognises older names of NAV history', async () => {
    const points = [1, 2, 3].map((t) => ({ t: 1_764_000_000 + t, nav: 10_250.5, unrealized_pnl: -1.5 }));
    await put(dir, 'nav_log.json', points);
    await put(dir, 'cache/nav.jsonl', points.map((point) => `${JSON.stringify(point)}\n`).join(''));
    await put(dir, 'other/nav_log.json', { not: 'an array' });
    const { files } = JSON.parse((await cli(['check', dir, '--json'])).out);
    const counts = { total: 3, canonical: 0, legacy: 3, invalid: 0 };
    expect(files).toMatchObject([
      { path: 'cache/nav.jsonl', surface: 'nav_history', kind: 'ledger', dialect: 'v7', lines: counts },
      { path: 'nav_log.json', surface: 'nav_history', kind: 'ledger', dialect: 'v7', lines: counts },
      { path: 'other/nav_log.json', dialect: null, lines: { total: 0 }, findings: [{ rule: 'unrecognised-shape' }] },
    ]);
  });

  it('neither hangs on a FIFO nor leaves the directory through a link', async () => {
    await put(dir, 'state/nav.json', navDocument());
    execFileSync('mkfifo', [join(dir, 'state/positions.json'), join(dir, 'execution.fifo')]);
    await symlink('/etc', join(dir, 'state/etc'));
    await symlink('/etc/hostname', join(dir, 'state/kpis_v7.json'));
    const { exit, out } = await cli(['check', dir, '--json']);
    expect(exit).toBe(5);
    const seen = JSON.parse(out).files.map((file: { path: string; findings: { rule: string }[] }) => [
      file.path,
      file.findings[0]?.rule,
    ]);
    expect(seen).toEqual([
      ['execution.fifo', 'unrecognised-file'],
      ['state/etc', 'unrecognised-file'],
      ['state/kpis_v7.json', 'file-unreadable'],
      ['state/nav.json', undefined],
      ['state/positions.json', 'file-unreadable'],
    ]);
  });

  it('prints nothing that could steer a terminal', async () => {
    await put(dir, 'a\u001b[2Jb\nc.json', '');
    await put(dir, 'state/nav.json', { ...navDocument(), nav_total: '\u001b[31m\u202e' });
    const { out, err } = await cli(['check', dir]);
    expect(`${out}${err}`).not.toMatch(/[\u001b\u202e]/);
    expect(out.split('\n')[0]).toContain('a\uFFFD[2Jb\uFFFDc.json');
  });

  it('exits 3 where the directory is missing and 4 where it is no directory', async () => {
    const missing = await cli(['check', join(dir, 'nowhere')]);
    expect(missing).toMatchObject({ exit: 3, out: '' });
    expect(missing.err).toContain('the directory does not exist');
    const file = await put(dir, 'file', '');
    expect(await cli(['check', file])).toMatchObject({ exit: 4, out: '' });
  });

  it('ends quietly when nobody reads on', () => {
    const command = `"${process.execPath}" packages/cli/bin/hedge-telemetry.js check schemas --json | head -c 10; echo "\${PIPESTATUS[0]}"`;
    const root = join(import.meta.dirname, '../../../..');
    expect(execFileSync('bash', ['-c', command], { cwd: root, encoding: 'utf8' })).toBe('{\n  "ok": 0\n');
  });
});
