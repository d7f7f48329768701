import { spawn } from 'node:child_process';
import path from 'node:path';

import type { Case, Outcome } from './case.js';
import { python, pythonEnvironment, pythonPackage } from './interpreter.js';

/** What the Python package makes of cases, in one process of it. */
export function pythonOutcomes(cases: readonly Case[]): Promise<Outcome[]> {
  const child = spawn(python ?? 'python3', [path.join(pythonPackage, 'tests/driver.py')], { env: pythonEnvironment });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(Buffer.concat(errors).toString()));
      const lines = Buffer.concat(out).toString().split('\n').slice(0, -1);
      return resolve(lines.map((line) => JSON.parse(line) as Outcome));
    });
  });
}
