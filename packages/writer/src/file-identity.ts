import type { BigIntStats } from 'node:fs';

/** Tells a file apart from one that took its place, and from itself after a change. */
export function fileIdentity({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}`;
}
