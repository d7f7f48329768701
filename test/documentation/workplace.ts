import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { createPaperExecutor, paperOptionsFromEnv } from '@hedge-telemetry/paper-executor';
import { createWriter } from '@hedge-telemetry/writer';

/** How a command ended, and what it printed, both streams in order. */
export interface Ended {
  readonly status: number | null;
  readonly printed: string;
}

/** A directory in which the commands of a page can be run. */
export interface Workplace {
  readonly directory: string;
  /** Runs a command to its end. */
  run(command: string): Promise<Ended>;
  /** Runs a command until it has printed what `ready` looks for, then interrupts it as a person would. */
  follow(command: string, ready: RegExp): Promise<Ended>;
}

/** In `directory`, a copy of the repository, `hedge-telemetry` and `npx hedge-telemetry` run the copy's own command. */
export function createWorkplace(directory: string): Workplace {
  const shims = path.join(directory, 'node_modules.bin');
  const binary = path.join(directory, 'packages/cli/bin/hedge-telemetry.js');
  mkdirSync(shims, { recursive: true });
  putScript(path.join(shims, 'hedge-telemetry'), `exec node "${binary}" "$@"`);
  putScript(path.join(shims, 'npx'), `[ "$1" = hedge-telemetry ] && shift && exec node "${binary}" "$@"\nexit 127`);

  function start(command: string): ChildProcess {
    return spawn('bash', ['-c', `exec 2>&1; ${command}`], {
      cwd: directory,
      detached: true,
      env: { ...process.env, PATH: `${shims}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  return {
    directory,
    async run(command) {
      const child = start(command);
      const printed = collected(child);
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, printed: printed() };
    },
    async follow(command, ready) {
      const child = start(command);
      let isAsked = false;
      const printed = collected(child, (text) => {
        if (isAsked || !ready.test(text)) return;
        isAsked = true;
        interrupt(child);
      });
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, printed: printed() };
    },
  };
}

/** Has the paper executor write some minutes that end now. */
export async function fillLogs(logs: string): Promise<void> {
  const loops = 40;
  let clock = Date.now() / 1000 - loops * 30;
  const now = (): number => clock;
  const writer = createWriter({ dir: logs, now });
  const executor = createPaperExecutor({ ...paperOptionsFromEnv({}), writer, now, seed: 7 });
  for (let loop = 0; loop < loops; loop += 1) {
    clock += 30;
    executor.step();
  }
  const closed = await writer.close();
  if (!closed.ok) throw new Error(JSON.stringify(closed.findings));
}

function putScript(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

function collected(child: ChildProcess, onText: (text: string) => void = () => {}): () => string {
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    onText(printed);
  });
  return () => printed;
}

function interrupt(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
}
