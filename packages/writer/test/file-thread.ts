import { registry } from '@hedge-telemetry/contract';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';
import { createFileThread } from '../src/file-thread.js';
import type { FileThread, FileThreadOptions } from '../src/file-thread.js';

const surfaces: readonly SurfaceName[] = Object.values(registry).map(({ name }) => name);

/** A thread that writes files below a directory. */
export function fileThread(
  role: 'state' | 'ledger',
  dir: string,
  options: Partial<FileThreadOptions> = {},
  say: (finding: Finding) => void = () => undefined,
): FileThread {
  return createFileThread({
    role,
    surfaces,
    say,
    dir,
    shown: 'logs',
    suffix: '.jsonl',
    mode: 'fast',
    rotation: {},
    keep: {},
    syncEvery: Infinity,
    redaction: {},
    token: 'token',
    ...options,
  });
}
