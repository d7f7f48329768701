import { join } from 'node:path';
import { finding, hasErrors } from '@hedge-telemetry/contract';
import type { Progress } from '../progress.js';
import { checkFile } from './check-file.js';
import type { FileCheck } from './check-file.js';
import { walk } from './walk.js';

export type { FileCheck } from './check-file.js';

/** What a logs directory holds; `ok` where no finding is an error. */
export interface CheckReport {
  readonly ok: boolean;
  readonly files: readonly FileCheck[];
}

const MIB = 1024 * 1024;

/** Recognises and checks every file below a directory. Never rejects. */
export async function checkDirectory(dir: string, progress?: Progress): Promise<CheckReport> {
  const files: FileCheck[] = [];
  const walked = await walk(dir);
  for (const { path, failure } of walked) {
    const at = `checking file ${files.length + 1} of ${walked.length}: ${path}`;
    progress?.step(() => at);
    const onBytes = (bytes: number): void => progress?.step(() => `${at}, ${(bytes / MIB).toFixed(1)} MiB`);
    files.push(failure === null ? await checkFile(dir, path, onBytes) : unlisted(dir, path, failure));
  }
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
