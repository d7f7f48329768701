import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A process that reads state files in a tight loop while others write and die. */
export interface Watcher {
  watch(dir: string): void;
  /** Resolves when the directory is no longer read. */
  leave(dir: string): Promise<void>;
  /** Ends it, with the number of its reads and what was wrong with them. */
  stop(): Promise<{ readonly reads: number; readonly violations: readonly string[] }>;
}

/** Starts a watcher. It yields the processor to those who write. */
export function startWatcher(): Watcher {
  const script = path.join(import.meta.dirname, 'watcher.mjs');
  const child = spawn('nice', ['-n', '15', process.execPath, script], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const ended = once(child, 'close');

  return {
    watch(dir) {
      child.stdin.write(`+${dir}\n`);
    },
    async leave(dir) {
      child.stdin.write(`-${dir}\n`);
      while (!output.includes(`-${dir}\n`) && child.exitCode === null) await once(child.stdout, 'data');
    },
    async stop() {
      child.stdin.end();
      await ended;
      const lines = output.split('\n');
      const reads = Number(/^reads (\d+)$/m.exec(output)?.[1] ?? Number.NaN);
      const faults = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(2));
      return { reads, violations: Number.isNaN(reads) ? [...faults, 'the watcher itself failed'] : faults };
    },
  };
}
