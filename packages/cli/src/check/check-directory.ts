import { join } from 'node:path';
import { finding, hasErrors } from '@hedge-telemetry/contract';
import { checkFile } from './check-file.js';
import type { FileCheck } from './check-file.js';
import { walk } from './walk.js';

export type { FileCheck } from './check-file.js';

/** What a logs directory holds; `ok` where no finding is an error. */
export interface CheckReport {
  readonly ok: boolean;
  readonly files: readonly FileCheck[];
}

/** Recognises and checks every file below a directory. Never rejects. */
export async function checkDirectory(dir: string): Promise<CheckReport> {
  const files: FileCheck[] = [];
  for (const { path, failure } of await walk(dir))
    files.push(failure === null ? await checkFile(dir, path) : unlisted(dir, path, failure));
  return { ok: !files.some(({ findings }) => hasErrors(findings)), files };
}

function unlisted(dir: string, path: string, actual: string): FileCheck {
  const findings = [
    finding('file-unreadable', {
      file: join(dir, path),
      message: `the directory cannot be listed: ${actual}`,
      expected: 'a directory that this user may list',
      actual,
    }),
  ];
  return { path, surface: null, kind: null, dialect: null, version: null, findings };
}
