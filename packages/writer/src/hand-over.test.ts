import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../test/children.js';
import { lacks, told } from '../test/disk.js';
import { fileOf, linesOf, temporaryDirectory } from '../test/fixtures.js';

const entry = path.resolve(import.meta.dirname, '../dist/index.js');
const noLimits = lacks('prlimit', '--version');

beforeAll(build);

describe.skipIf(noLimits !== null)('a process without memory for what is handed over', () => {
  it('is told so and gets nothing thrown at it, and hands over once there is memory', () => {
    const dir = temporaryDirectory();
    const program = `
      import fs from 'node:fs';
      import { execFileSync } from 'node:child_process';
      import { createWriter } from ${JSON.stringify(entry)};
      const tell = (value) => fs.writeSync(1, JSON.stringify(value) + '\\n');
      const limit = (bytes) => execFileSync('prlimit', ['--pid', String(process.pid), '--as=' + bytes + ':unlimited']);
      const size = Number(/VmSize:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
      const writer = createWriter({ dir: ${JSON.stringify(dir)}, queue: { bytes: 256 * 1024 * 1024 } });
      const append = (number) => {
        const { ok, findings } = writer.append('nav_history', { ts: 1, nav_total: number });
        tell([ok, findings.map(({ rule, surface, actual }) => [rule, surface, actual])]);
      };
      limit(size + 64 * 1024 * 1024);
      append(1);
      limit('unlimited');
      append(2);
      tell(await writer.close());
      const { appended, refused, written } = writer.stats().ledgers.nav_history;
      tell([appended, refused, written]);`;
    expect(told([process.execPath, '--input-type=module', '-e', program])).toEqual([
      [false, [['hand-over-failed', 'nav_history', 'RangeError']]],
      [true, []],
      { ok: true, findings: [] },
      [1, 1, 1],
    ]);
    expect(linesOf(fileOf(dir, 'nav_history'))).toHaveLength(1);
  });
});
