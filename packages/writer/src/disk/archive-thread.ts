import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { compressSegment } from './compress-segment.js';
import type { Compressed } from './compress-segment.js';
import { causeOf } from './write-failed.js';
import type { Cause } from './write-failed.js';

/** What the thread is given. */
export interface ArchiveJob {
  readonly segment: string;
  readonly port: MessagePort;
}

/** What the thread says at its end. */
export type ArchiveReport =
  { readonly ok: true; readonly compressed: Compressed } | { readonly ok: false; readonly cause: Cause };

const { segment, port } = workerData as ArchiveJob;
giveWay();
port.postMessage(report());
port.close();

function report(): ArchiveReport {
  try {
    return { ok: true, compressed: compressSegment(segment) };
  } catch (error) {
    return { ok: false, cause: causeOf(error) };
  }
}

/** Linux has a priority for every thread: the executor's own work goes first. */
function giveWay(): void {
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_LOW);
  } catch {
    // It compresses at the priority of the process.
  }
}
