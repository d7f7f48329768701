import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { python, pythonEnvironment, pythonPackage } from './interpreter.js';

const LIMIT = 240_000;

describe.skipIf(python === null)('the tests of the Python package', () => {
  it(
    'pass, and nothing in the package is deprecated',
    () => {
      const args = ['-W', 'error', '-m', 'unittest', 'discover', '-s', 'tests'];
      const { status, stderr } = spawnSync(python ?? 'python3', args, {
        cwd: pythonPackage,
        env: pythonEnvironment,
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
      expect(stderr).toMatch(/^Ran \d+ tests/m);
    },
    LIMIT,
  );
});
