import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../test/children.js';
import { lacks, told } from '../../test/disk.js';
import { temporaryDirectory } from '../../test/fixtures.js';

/** These tests are about the calls, not about the disk. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : undefined;
const TIMEOUT_MS = 120_000;
const noStrace = lacks('strace', '-f', '--seccomp-bpf', '-o', '/dev/null', 'true');
const entry = path.resolve(import.meta.dirname, '../../dist/index.js');

beforeAll(build, TIMEOUT_MS);

describe.skipIf(noStrace !== null)('lines that are put on disk together', { timeout: TIMEOUT_MS }, () => {
  it('are, however many come behind them', () => {
    const { syncs } = traced(`
      const writer = createWriter({ dir, syncEvery: 10 });
      // The queue is full whenever the thread has made some room: there is always more than it can write.
      for (let number = 0, fresh = 0; number < 2_000_000 && fresh < 300_000; )
        if (writer.append('nav_history', { ts: 1, nav_total: number }).ok) number += 1;
        else fresh = writer.stats().ledgers.nav_history.written;
      process.kill(process.pid, 'SIGKILL');`);
    expect(syncs).toBeGreaterThan(2);
  });

  it('and could not be, are told of by the next durable flush, though a later one succeeded, and by no other', () => {
    const { said } = traced(
      `
      const heard = [];
      const writer = createWriter({ dir, syncEvery: 10, onFinding: ({ rule, actual }) => heard.push([rule, actual]) });
      const nextSync = async (number) => {
        const before = syncsSoFar();
        writer.append('nav_history', { ts: 1, nav_total: number });
        while (syncsSoFar() === before) await new Promise((resolve) => setTimeout(resolve, 5));
      };
      await nextSync(1);
      await nextSync(2);
      for (const options of [{}, { durable: true }, { durable: true }]) {
        const { ok, findings } = await writer.flush(options);
        tell([ok, findings.map(({ rule, surface, actual }) => [rule, surface, actual])]);
      }
      tell(heard);
      await writer.close();`,
      'fdatasync:error=EIO:when=1',
    );
    expect(said).toEqual([
      [true, []],
      [false, [['sync-failed', 'nav_history', 'EIO']]],
      [true, []],
      [['sync-failed', 'EIO']],
    ]);
  });
});

/** Runs `body` with its threads under strace; what it told, and how often it asked for lines to be put on disk. */
function traced(body: string, inject?: string): { readonly said: readonly unknown[]; readonly syncs: number } {
  const dir = temporaryDirectory(MEMORY);
  const trace = path.join(dir, 'trace');
  const program = `
    import fs from 'node:fs';
    import { createWriter } from ${JSON.stringify(entry)};
    const dir = ${JSON.stringify(path.join(dir, 'logs'))};
    const tell = (value) => fs.writeSync(1, JSON.stringify(value) + '\\n');
    const syncsSoFar = () => fs.readFileSync(${JSON.stringify(trace)}, 'utf8').split('fdatasync(').length;
    ${body}`;
  const injected = inject === undefined ? [] : ['-e', `inject=${inject}`];
  const strace = ['strace', '-f', '--seccomp-bpf', '-qq', '-o', trace, '-e', 'trace=fdatasync', ...injected];
  const said = told([...strace, process.execPath, '--input-type=module', '-e', program]);
  return { said, syncs: readFileSync(trace, 'utf8').split('fdatasync(').length - 1 };
}
