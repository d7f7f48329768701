import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** Tells the temporary files of one target from those of another in a process with the same id. */
const RANDOM_BYTES = 6;

const COUNTED = /^\.(?<of>.+)\.(?<pid>\d+)\.\d+\.[0-9a-f]{12}\.tmp$/;
const SINGLE = /^\.(?<of>.+)\.(?<pid>\d+)\.[0-9a-f]{12}\.tmp$/;

/** Gives the name of a new temporary file beside `file` at every call: `.<base>.<pid>.<counter>.<random>.tmp`. */
export function temporaryNames(file: string): () => string {
  const { dir, base } = path.parse(file);
  const begin = path.join(dir, `.${base}.${process.pid}.`);
  const end = `.${randomHex()}.tmp`;
  let counter = 0;
  return () => begin + String((counter += 1)) + end;
}

/** Name of a temporary file beside `file` that is made once: `.<base>.<pid>.<random>.tmp`, the dot only where it is missing. */
export function temporaryName(file: string): string {
  const { dir, base } = path.parse(file);
  return path.join(dir, `.${base.replace(/^\./, '')}.${process.pid}.${randomHex()}.tmp`);
}

/** What a temporary file of ours is for (name of the file it would become) and who made it; null for any other name. */
export function parseTemporaryName(name: string): { readonly of: string; readonly pid: number } | null {
  const groups = (COUNTED.exec(name) ?? SINGLE.exec(name))?.groups;
  if (groups?.['of'] === undefined) return null;
  return { of: groups['of'], pid: Number(groups['pid']) };
}

function randomHex(): string {
  return randomBytes(RANDOM_BYTES).toString('hex');
}
