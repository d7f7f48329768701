import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { repository } from '../support.js';

/** The folder of the Python package. */
export const pythonPackage: string = path.join(repository, 'packages/contract-python');

/** What Python needs to find the package without an installation, and to leave no caches beside its sources. */
export const pythonEnvironment: Readonly<Record<string, string | undefined>> = {
  ...process.env,
  PYTHONPATH: path.join(pythonPackage, 'src'),
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONIOENCODING: 'utf-8',
};

/** The Python to test with: `TELEMETRY_PYTHON`, else `python3`; null where there is none of 3.10 or newer. */
export const python: string | null = found(process.env['TELEMETRY_PYTHON'] ?? 'python3');

function found(command: string): string | null {
  const { status } = spawnSync(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']);
  return status === 0 ? command : null;
}
