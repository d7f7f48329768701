import { constants } from 'node:os';
import { finding } from '@hedge-telemetry/contract';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';

/** The finding on a file that could not be written; `actual` holds the name of the system's error, for example ENOSPC. */
export function writeFailed(surface: SurfaceName, file: string, error: unknown): Finding {
  const actual = errorName(error);
  return finding('write-failed', {
    surface,
    file,
    message: `${file} could not be written: ${actual}`,
    expected: 'a writable regular file',
    actual,
  });
}

/** Node names only some errors; the others arrive as UNKNOWN or as a sentence, with their number. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code?.startsWith('E')) return code;
  if (errno === undefined) return error.message;
  const known = Object.entries(constants.errno).find(([, value]) => value === Math.abs(errno));
  return known?.[0] ?? `errno ${Math.abs(errno)}`;
}
