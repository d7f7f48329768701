import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import type { ArchiveJob, ArchiveReport } from './archive-thread.js';
import { causeOf, failure } from './write-failed.js';
import type { Cause, Place } from './write-failed.js';

/** A segment that is to be compressed; `shown` is the path of the segment. */
export interface ArchiveOrder extends Place {
  readonly segment: string;
}

/** Compresses segments one after the other, in a thread that lives as long as one of them takes. */
export interface Archive {
  add(order: ArchiveOrder): void;
  /** Hears what the thread has said, and starts the next. Does not wait; needs no event loop. True while there is work. */
  poll(): boolean;
  /** Stops the thread. What is not finished is found at the next start. */
  close(): void;
}

interface Running {
  readonly order: ArchiveOrder;
  readonly worker: Worker;
  readonly port: MessagePort;
  /** Why the thread ended without a report. */
  ended: string | null;
}

/** Compiled; the same path from the sources and from what they are compiled to. */
const THREAD = new URL('../../dist/disk/archive-thread.js', import.meta.url);

export function createArchive({ say }: { readonly say: (finding: Finding) => void }): Archive {
  const waiting: ArchiveOrder[] = [];
  let running: Running | null = null;

  function poll(): boolean {
    if (running !== null) hear(running);
    const next = running === null ? waiting.shift() : undefined;
    if (next !== undefined) begin(next);
    return running !== null;
  }

  function begin(order: ArchiveOrder): void {
    try {
      running = start(order);
    } catch (error) {
      say(archiveFailed(order, causeOf(error)));
    }
  }

  function hear(thread: Running): void {
    const received: { readonly message: ArchiveReport } | undefined = receiveMessageOnPort(thread.port);
    if (received === undefined && thread.ended === null) return;
    running = null;
    thread.port.close();
    say(received === undefined ? archiveFailed(thread.order, ending(thread)) : told(thread.order, received.message));
  }

  return {
    add: (order) => void waiting.push(order),
    poll,
    close() {
      waiting.length = 0;
      running?.port.close();
      void running?.worker.terminate();
      running = null;
    },
  };
}

function start(order: ArchiveOrder): Running {
  const { port1, port2 } = new MessageChannel();
  const job: ArchiveJob = { segment: order.segment, port: port2 };
  const worker = new Worker(THREAD, { workerData: job, transferList: [port2], execArgv: [] });
  const running: Running = { order, worker, port: port1, ended: null };
  worker.on('error', (error) => (running.ended ??= String(error)));
  worker.on('exit', (code) => (running.ended ??= `it ended with ${code}`));
  worker.unref();
  port1.unref();
  return running;
}

function ending({ ended }: Running): Cause {
  return causeOf(new Error(ended ?? 'it ended'));
}

function told(order: ArchiveOrder, report: ArchiveReport): Finding {
  if (!report.ok) return archiveFailed(order, report.cause);
  const { plainBytes, bytes } = report.compressed;
  const actual = `${plainBytes} bytes in ${bytes}`;
  return finding('segment-archived', { surface: order.surface, file: `${order.shown}.gz`, actual });
}

/** The finding on a segment that could not be compressed. */
export function archiveFailed(place: Place, cause: Cause): Finding {
  return failure('archive-failed', place, 'could not be compressed', cause);
}
