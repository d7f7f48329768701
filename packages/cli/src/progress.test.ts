import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navLine, put } from '../test/run-cli.js';

const SCRIPT = '/usr/bin/script';
const BINARY = 'packages/cli/bin/hedge-telemetry.js';
const root = join(import.meta.dirname, '../../..');

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-progress-'));
  await put(dir, 'logs/execution/nav_history.jsonl', navLine(1).repeat(60_000));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** What a terminal of 60 columns gets. */
function onScreen(command: string, term = 'xterm'): string {
  const line = `stty cols 60; "${process.execPath}" ${BINARY} ${command}`;
  return execFileSync(SCRIPT, ['-qec', line, '/dev/null'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', TERM: term },
  });
}

describe.skipIf(!existsSync(SCRIPT))('progress on a screen', () => {
  it('says how far a check is, in one line that is gone in the end', () => {
    const out = onScreen(`check "${dir}/logs"`);
    const drawn = out.split('\r\u001b[K');
    expect(drawn.length).toBeGreaterThan(2);
    for (const line of drawn.slice(1, -1)) {
      expect(line).toMatch(/^checking file 1 of 1: execution\/nav_history\.jsonl/);
      expect(line.length).toBeLessThan(60);
      expect(line).not.toContain('\n');
    }
    expect(drawn.at(-1)).toMatch(/^execution\/nav_history\.jsonl {2}nav_history .* 60000 lines[^]+no errors/);
  });

  it('draws no more than ten times a second while it mirrors', () => {
    const out = onScreen(`sync --once --from "${dir}/logs" --to "${dir}/mirror"`);
    const tenths = [...out.matchAll(/mirroring: (\d+)\.(\d) s/g)].map(([, whole, part]) => Number(`${whole}${part}`));
    for (const [index, each] of tenths.entries()) if (index > 0) expect(each).toBeGreaterThan(tenths[index - 1] ?? 0);
    expect(out).toMatch(/(?:^|\u001b\[K)1 mirrored, 0 unchanged[^]*60000 lines/);
  });

  it('is silent on a terminal that cannot take a line back', () => {
    expect(onScreen(`check "${dir}/logs"`, 'dumb')).not.toMatch(/checking|\u001b/);
  });

  it('goes to stderr, so that what is piped holds the data alone', async () => {
    onScreen(`check "${dir}/logs" --json > "${dir}/report.json"`);
    expect(JSON.parse(await readFile(join(dir, 'report.json'), 'utf8'))).toMatchObject({ ok: true });
  });
});

describe('progress in a pipe', () => {
  it('is silent', async () => {
    const { out, err } = await cli(['check', join(dir, 'logs')]);
    expect(out + err).not.toMatch(/checking|\u001b|\r/);
  });
});
