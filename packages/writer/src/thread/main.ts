import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { registry } from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';
import { createRedaction } from '../redact/index.js';
import { createLedgerDesk } from './ledger-desk.js';
import { serve } from './loop.js';
import type { Desk } from './loop.js';
import { COUNTERS } from './protocol.js';
import type { FromThread, ThreadData, ToThread } from './protocol.js';
import { createReviewer } from './reviewer.js';
import { createStateDesk } from './state-desk.js';
import type { Tools } from './tools.js';

/** Findings that are told at once; what a broken disk or a hostile document could add beyond is left out. */
const MOST_FINDINGS = 1000;

run(workerData as ThreadData, parentPort as MessagePort);

/** Serves until the thread is to end. The event loop never turns meanwhile: messages are asked for. */
function run(data: ThreadData, port: MessagePort): void {
  const tell = (message: FromThread): void => port.postMessage(message);
  const tools = toolsOf(data, (findings) => {
    if (findings.length > 0) tell({ findings: findings.slice(0, MOST_FINDINGS) });
  });
  const desk = data.role === 'state' ? stateDesk(tools, port) : ledgerDesk(tools, port);
  serve(data.words, desk, (answered, findings) => tell({ answered, findings }));
}

function toolsOf(data: ThreadData, say: (findings: readonly Finding[]) => void): Tools {
  const redaction = createRedaction(data.redaction);
  const places = new Map(Object.keys(registry).map((name, index) => [name, index * COUNTERS]));
  const count = (surface: SurfaceName, counter: number, by: number): void => {
    const place = (places.get(surface) ?? 0) + counter;
    data.counters[place] = (data.counters[place] ?? 0) + by;
  };
  return { data, say, count, reviewer: (entry) => createReviewer(entry, redaction, say) };
}

function stateDesk(tools: Tools, port: MessagePort): Desk {
  const desk = createStateDesk(tools);
  return hearing(desk, port, (message) => {
    if ('slots' in message) desk.take(message.surface, message.slots);
  });
}

function ledgerDesk(tools: Tools, port: MessagePort): Desk {
  const desk = createLedgerDesk(tools);
  return hearing(desk, port, (message) => {
    if ('ring' in message) desk.take(message.ledger, message.ring);
  });
}

/** A desk that takes the memory it was sent before it works: memory is sent before anything lies in it. */
function hearing(desk: Desk, port: MessagePort, take: (message: ToThread) => void): Desk {
  const hear = (): void => {
    for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) take(got.message);
  };
  return {
    work(now) {
      hear();
      return desk.work(now);
    },
    settle(durable) {
      hear();
      return desk.settle(durable);
    },
    idle: (now) => desk.idle(now),
    close: () => desk.close(),
  };
}
