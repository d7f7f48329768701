import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const T0 = 1_800_000_000;

/** A line of nav_history whose NAV is its number. */
export function navLine(number: number): string {
  return `${JSON.stringify({ schema: 'nav_history_v1', ts: T0 + number, nav_total: number })}\n`;
}

/** Numbers from one to another. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_each, index) => from + index);
}

/** A nav_history ledger on disk, appended to and rotated as writers do. */
export interface NavLedger {
  append(from: number, to: number): void;
  appendText(text: string): void;
  /** Renames the file to a segment; the next line makes a new one. */
  rotate(stamp: string, isGzip?: boolean): void;
  replace(text: string): void;
}

export function navLedger(dir: string): NavLedger {
  const folder = join(dir, 'execution');
  const file = join(folder, 'nav_history.jsonl');
  mkdirSync(folder, { recursive: true });
  let content = '';
  const add = (text: string): void => {
    content += text;
    appendFileSync(file, text);
  };
  return {
    append: (from, to) => add(range(from, to).map(navLine).join('')),
    appendText: add,
    replace: (text) => {
      content = text;
      writeFileSync(file, text);
    },
    rotate: (stamp, isGzip = false) => {
      const segment = join(folder, `nav_history.${stamp}.jsonl`);
      if (isGzip) writeFileSync(`${segment}.gz`, gzipSync(content));
      renameSync(file, isGzip ? join(dir, 'gone') : segment);
      content = '';
    },
  };
}
