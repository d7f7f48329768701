import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerNames, registry } from '@hedge-telemetry/contract';
import { lockStatus } from '@hedge-telemetry/writer';
import { ageText } from '../render/values.js';
import { codeOf, linesOf, shellPath } from './check.js';
import type { Check } from './check.js';

/** A write that takes longer than this has died, in seconds. */
const STALE_AFTER_S = 60;
const FOLDERS = ['.', 'state', 'execution'] as const;

/** Partial files that nobody is going to finish, and the locks of ledgers. */
export function checkLeftovers(dir: string): Check[] {
  return [...checkTemporaries(dir), ...checkLocks(dir)];
}

function checkTemporaries(dir: string): Check[] {
  const lines = linesOf('temporaries');
  const stale = FOLDERS.map((name) => join(dir, name))
    .flatMap(temporariesIn)
    .filter(({ age }) => age > STALE_AFTER_S);
  if (stale.length === 0) return [lines.ok(dir, 'no partial file is left')];
  return stale.map(({ path, age }) =>
    lines.warning(path, `a partial file, ${ageText(age)} old`, `rm ${shellPath(path)}`),
  );
}

function temporariesIn(folder: string): { readonly path: string; readonly age: number }[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.tmp'))
    .flatMap((name) => {
      const path = join(folder, name);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      return stats?.isFile() === true ? [{ path, age: (Date.now() - stats.mtimeMs) / 1000 }] : [];
    });
}

function checkLocks(dir: string): Check[] {
  const lines = linesOf('locks');
  const found = ledgerNames.flatMap((ledger) => checkLock(join(dir, registry[ledger].file)));
  return found.length > 0 ? found : [lines.ok(dir, 'no ledger is locked')];
}

function checkLock(ledger: string): Check[] {
  const lines = linesOf('locks');
  try {
    const lock = lockStatus(ledger);
    if (lock === null) return [];
    const { file, pid, host, liveness, beat } = lock;
    const who = pid === null ? 'nobody that it names' : `process ${pid} on ${host ?? 'another machine'}`;
    const silent = ageText((Date.now() - beat) / 1000);
    if (liveness === 'alive') return [lines.ok(ledger, `written by ${who}`)];
    if (liveness === 'ended')
      return [
        lines.warning(
          ledger,
          `locked by ${who}, which has ended; the next writer takes it over`,
          `rm ${shellPath(file)}`,
        ),
      ];
    return [
      lines.warning(
        ledger,
        `locked by ${who}, which this machine cannot see; silent for ${silent}`,
        `cat ${shellPath(file)}`,
      ),
    ];
  } catch (error) {
    return [lines.skipped(ledger, `its lock cannot be read: ${codeOf(error)}`)];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
