import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Time of the sample documents, in seconds since 1970. */
export const T0 = 1_765_000_000;
export const HEAD = 'state/pipeline_v6_shadow_head.json';
export const NAV_HISTORY = 'execution/nav_history.jsonl';

/** A logs directory of its own for one test, removed when the test ends. */
export interface Logs {
  readonly dir: string;
  /** Puts a file in place as the writer does. */
  put(path: string, content: string | Uint8Array): void;
  append(path: string, content: string | Uint8Array): void;
  rename(from: string, to: string): void;
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fleet-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

export function makeLogs(dir: string = join(temporaryDirectory(), 'logs')): Logs {
  mkdirSync(join(dir, 'state'), { recursive: true });
  mkdirSync(join(dir, 'execution'), { recursive: true });
  return {
    dir,
    put: (path, content) => {
      const file = join(dir, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.tmp`, content);
      renameSync(`${file}.tmp`, file);
    },
    append: (path, content) => appendFileSync(join(dir, path), content),
    rename: (from, to) => renameSync(join(dir, from), join(dir, to)),
  };
}

export function shadowHead(generatedTs: number, total = 3): string {
  return JSON.stringify({ total, allowed: 2, vetoed: 1, generated_ts: generatedTs });
}

/** Records first to last of nav_history. */
export function navLines(first: number, last: number): string {
  let text = '';
  for (let index = first; index <= last; index += 1)
    text += `${JSON.stringify({ ts: T0 + index, nav_total: 1000 + index })}\n`;
  return text;
}

/** A seeded source of integers in [0, limit): the same seed gives the same run. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
