import { spawn } from 'node:child_process';
import path from 'node:path';

import { outcomeIn } from './case.js';
import type { Case, Outcome } from './case.js';
import { python, pythonEnvironment, pythonPackage } from './interpreter.js';

/** What the Python package makes of cases, in one process of it. */
export async function pythonOutcomes(cases: readonly Case[]): Promise<Outcome[]> {
  const child = spawn(python ?? 'python3', [path.join(pythonPackage, 'tests/driver.py')], { env: pythonEnvironment });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(out).toString()) : reject(new Error(Buffer.concat(errors).toString())),
    );
  }).then((text) => text.split('\n').slice(0, -1).map(outcomeIn));
}
