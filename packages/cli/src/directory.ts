import { stat } from 'node:fs/promises';
import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { renderFindings } from './render/findings.js';
import { exitCodes } from './exit.js';
import type { ExitCode } from './exit.js';
import type { Terminal } from './terminal.js';

/** Says what is wrong with a directory that is to be read; null where nothing is. */
export async function directoryTrouble(dir: string, terminal: Terminal): Promise<ExitCode | null> {
  const actual = await kindOf(dir);
  if (actual === 'a directory') return null;
  const isMissing = actual === 'nothing';
  const trouble: Finding = {
    ...finding(isMissing ? 'file-missing' : 'file-unreadable', {
      file: dir,
      message: isMissing ? 'the directory does not exist' : `the path is no readable directory: ${actual}`,
      expected: 'the logs directory of an executor, or its mirror',
      actual,
      fix: 'Give the directory that holds state/ and execution/.',
    }),
    level: 'error',
  };
  terminal.err(...renderFindings([trouble], terminal.errStyle));
  return isMissing ? exitCodes.notFound : exitCodes.io;
}

async function kindOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? 'a directory' : 'no directory';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' ? 'nothing' : code;
  }
}
