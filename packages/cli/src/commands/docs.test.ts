import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../../test/run-cli.js';

const repository = resolve(import.meta.dirname, '../../../..');
const PAGE = 'docs/surfaces/nav.md';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cli-docs-'));
  for (const each of ['schemas', 'packages', 'package.json', 'CHANGELOG.md'])
    symlinkSync(join(repository, each), join(root, each));
  for (const each of ['docs', 'AGENTS.md', '.vscode'])
    cpSync(join(repository, each), join(root, each), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

describe('docs', () => {
  it('exits 0 and prints nothing with --check where all is up to date', async () => {
    expect(await cli(['docs', '--check', '--root', root])).toEqual({ exit: 0, out: '', err: '' });
  });

  it('lists what differs with --check, mends it without, and leaves the rest alone', async () => {
    const before = readFileSync(join(root, PAGE), 'utf8');
    writeFileSync(join(root, PAGE), before.replace('stable', 'unstable'));
    rmSync(join(root, 'docs/llms.txt'));
    const { exit, err } = await cli(['docs', '--check', '--root', root]);
    expect(exit).toBe(5);
    expect(err).toContain(PAGE);
    expect(err).toContain('docs/llms.txt');
    expect(err).toContain('fix: Run "hedge-telemetry docs"');
    expect(await cli(['docs', '--root', root])).toEqual({ exit: 0, out: 'docs: 2 written, 0 removed\n', err: '' });
    expect(readFileSync(join(root, PAGE), 'utf8')).toBe(before);
  });

  it('exits 5 and keeps the page where a marker is gone; --json gives the finding', async () => {
    const broken = readFileSync(join(root, PAGE), 'utf8').replace('<!-- end generated -->\n', '');
    writeFileSync(join(root, PAGE), broken);
    const { exit, out } = await cli(['--json', 'docs', '--root', root]);
    expect(exit).toBe(5);
    const report = JSON.parse(out) as { findings: { rule: string; file: string; line: number }[] };
    expect(report.findings).toMatchObject([{ rule: 'docs-marker-broken', file: PAGE, line: expect.any(Number) }]);
    expect(readFileSync(join(root, PAGE), 'utf8')).toBe(broken);
  });

  it('exits 2 where there is no contract', async () => {
    expect(await cli(['docs', '--root', tmpdir()])).toMatchObject({ exit: 2 });
  });
});
