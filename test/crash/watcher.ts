import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A process that reads state files in a tight loop while others write and die. */
export interface Watcher {
  /** Resolves when the directory is read. */
  watch(dir: string): Promise<void>;
  /** Resolves when the directory is no longer read. */
  leave(dir: string): Promise<void>;
  /** Ends it, with the number of its reads and what was wrong with them. */
  stop(): Promise<{ readonly reads: number; readonly violations: readonly string[] }>;
}

/** Starts a watcher. It yields the processor to those who write. */
export function startWatcher(): Watcher {
  const script = path.join(import.meta.dirname, 'watcher.mjs');
  const child = spawn('nice', ['-n', '5', process.execPath, script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const ended = once(child, 'close');

  async function tell(line: string): Promise<void> {
    child.stdin.write(line);
    while (!output.includes(line) && child.exitCode === null) await once(child.stdout, 'data');
  }

  function violations(): string[] {
    const faults = output.split('\n').filter((line) => line.startsWith('!'));
    return faults.map((line) => line.slice(2));
  }

  return {
    watch: (dir) => tell(`+${dir}\n`),
    leave: (dir) => tell(`-${dir}\n`),
    async stop() {
      child.stdin.end();
      await ended;
      const reads = Number(/^reads (\d+)$/m.exec(output)?.[1] ?? Number.NaN);
      const faults = Number.isNaN(reads) ? ['the watcher itself failed'] : [];
      return { reads, violations: [...violations(), ...faults] };
    },
  };
}
