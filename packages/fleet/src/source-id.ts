import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { fingerprint } from './ledger/position.js';

/** Tells the host and the directory that telemetry comes from; stays the same when the process starts again. */
export function sourceOf(directory: string): string {
  return fingerprint(Buffer.from([machine(), hostname(), real(directory)].join('\0')));
}

/** Tells one run of a process from every other. */
export function newInstance(): string {
  return randomBytes(8).toString('hex');
}

/** The name of this machine as a header may hold it; null where it has none. */
export function hostName(): string | null {
  return (
    hostname()
      .replaceAll(/[^\w.-]/g, '_')
      .slice(0, 64) || null
  );
}

function machine(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    return '';
  }
}

function real(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}
