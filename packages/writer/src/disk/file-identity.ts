import { lstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

/** Tells a file apart from one that took its place, and from itself after a change; ctime cannot be set back. */
export function fileIdentity({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
}

/** Tells a file apart from one that took its place. */
export function inodeOf({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`;
}

/** Identity of what has the name, a link itself and not what it leads to; null where nothing has it or it cannot be told. */
export function identityAt(file: string): string | null {
  try {
    return fileIdentity(lstatSync(file, { bigint: true }));
  } catch {
    return null;
  }
}
