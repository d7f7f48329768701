import { join } from 'node:path';

import { finding, SYNC_REPORT_FILE } from '@hedge-telemetry/contract';

import { ensureDirectory, replaceFile } from './atomic-write.js';
import { lookAt } from './file-look.js';
import type { SyncReport } from './report.js';

/** The report of the newest pass, as it lies in the mirror for others to read. */
export interface ReportFile {
  /** Puts a report in place, unless that was done a moment ago and more passes follow. Gives the report, with what kept it out. */
  keep(report: SyncReport): SyncReport;
}

/** Time between two reports while passes follow each other, in milliseconds. */
const EVERY_MS = 1_000;

/**
 * The report file of the mirror at `to`. It is not flushed: it says how things stand now. A mirror that is not there, as
 * nothing could be read yet, is not made for it.
 */
export function createReportFile(to: string): ReportFile {
  let at = -Infinity;
  return {
    keep(report) {
      const now = performance.now();
      if (report.mode === 'follow' && now - at < EVERY_MS) return report;
      if (report.lag_s === null && lookAt(to).state === 'missing') return report;
      at = now;
      const file = join(to, SYNC_REPORT_FILE);
      const actual = ensureDirectory(to, '.') ?? replaceFile(file, Buffer.from(`${JSON.stringify(report)}\n`));
      // Where the mirror has no space that is said already.
      if (actual === null || report.findings.some(({ rule }) => rule === 'write-failed')) return report;
      return { ...report, ok: false, findings: [...report.findings, finding('write-failed', { file, actual })] };
    },
  };
}
