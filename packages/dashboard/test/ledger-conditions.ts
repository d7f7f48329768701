import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ledgerNames, registry } from '@hedge-telemetry/contract';
import type { LedgerName, ReadingState } from '@hedge-telemetry/contract';
import { healthyLines } from './conditions.js';

/** What can be the matter with the file of a ledger. */
export const ledgerConditions = ['healthy', 'missing', 'empty', 'torn', 'unreadable'] as const;

export type LedgerCondition = (typeof ledgerConditions)[number];

/** The states that a ledger in this condition may be in, and no others. A torn line is one that is being written. */
export const ledgerStates: Readonly<Record<LedgerCondition, readonly ReadingState[]>> = {
  healthy: ['fresh'],
  missing: ['never'],
  empty: ['absent'],
  torn: ['absent'],
  unreadable: ['unreadable'],
};

/** Puts every ledger of a directory into a condition at `now` (seconds since 1970). */
export async function putLedgers(dir: string, condition: LedgerCondition, now: number): Promise<void> {
  for (const ledger of ledgerNames) await putLedger(dir, ledger, condition, now);
}

async function putLedger(dir: string, ledger: LedgerName, condition: LedgerCondition, now: number): Promise<void> {
  const path = join(dir, registry[ledger].file);
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  const lines = healthyLines(ledger, now);
  if (condition === 'healthy') await writeFile(path, lines.map((line) => `${line}\n`).join(''));
  if (condition === 'empty') await writeFile(path, '');
  if (condition === 'torn') await writeFile(path, (lines[0] ?? '').slice(0, -5));
  // A directory stands for what cannot be opened: the tests may run as a user who may read everything.
  if (condition === 'unreadable') await mkdir(path);
}
