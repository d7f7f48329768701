import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { finding, registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import type { FleetReader } from '../fleet-reader/fleet-reader.js';
import { openLedgerCopy } from './ledger-copy.js';

export interface LedgerMirrorOptions {
  readonly fleet: FleetReader;
  readonly to: string;
  readonly executor: string;
  readonly ledger: LedgerName;
  /** Goes on with what comes until the signal is aborted. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  readonly onLine: () => void;
  /** What is wrong with the ledger now; nothing, where it goes on. */
  readonly onFindings: (findings: readonly Finding[]) => void;
}

const SAVE_MS = 1000;
const RETRY_MS = 1000;

/**
 * Continues the copy of one ledger with the payloads of its records: the lines of the executor's host, verbatim, in
 * order, each once, however often this process is killed. What goes wrong is reported and tried again; a copy that is
 * not what was written is left alone. Never rejects.
 */
export async function mirrorLedger(options: LedgerMirrorOptions): Promise<void> {
  const { executor, ledger, to, follow, signal, onFindings } = options;
  const file = join(to, executor, registry[ledger].file);
  for (;;) {
    try {
      await continueCopy(options);
      return;
    } catch (error) {
      const actual = error instanceof Error ? error.message : String(error);
      const message = `The mirror could not be written: ${actual}.`;
      const expected = 'a directory that can be written, with space';
      onFindings([finding('write-failed', { surface: ledger, file, message, expected, actual })]);
    }
    if (!follow) return;
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
}

async function continueCopy(options: LedgerMirrorOptions): Promise<void> {
  const { fleet, to, executor, ledger, follow, signal, onLine, onFindings } = options;
  const copy = openLedgerCopy(to, executor, ledger);
  // What cannot be saved now is saved, or reported, at the end.
  const timer = setInterval(() => void copy.save().catch(() => undefined), SAVE_MS);
  try {
    if (copy.trouble !== null) onFindings([copy.trouble]);
    if (copy.trouble !== null) return;
    for await (const record of fleet.records(executor, ledger, { marker: copy.marker, follow, signal })) {
      const { isLine, findings } = copy.add(record);
      onFindings(findings);
      if (copy.trouble !== null) return;
      if (isLine) onLine();
    }
  } finally {
    clearInterval(timer);
    await copy.close();
  }
}
