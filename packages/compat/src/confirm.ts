import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';

import { dialectUri, type Dialect } from './dialect.js';
import { isObject, type Json } from './json.js';

export interface Judged {
  readonly schema: Json;
  readonly dialect: Dialect;
}

/** What ajv and hyperjump say of one document under the old and under the new schema. */
export interface Verdict {
  readonly old: readonly [boolean, boolean];
  readonly new: readonly [boolean, boolean];
}

interface Court {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array;
}

/** Far above what any judgement takes; reached only by a pattern that backtracks without end. */
const patienceMs = 10_000;

let court: Court | undefined;

/**
 * Has documents judged under two schemas by two independent validators, and waits for it. Returns the reason instead
 * where a validator cannot take a schema or does not come to an end.
 */
export function confirm(old: Judged, next: Judged, documents: readonly Json[]): readonly Verdict[] | string {
  court ??= open();
  const { port, signal } = court;
  const before = Atomics.load(signal, 0);
  port.postMessage({ schemas: [request(old), request(next)], documents });
  if (Atomics.wait(signal, 0, before, patienceMs) === 'timed-out') {
    void court.worker.terminate();
    court = undefined;
    return 'the validators did not come to an end';
  }
  const answer: unknown = receiveMessageOnPort(port)?.message;
  return verdictsOf(answer);
}

function request({ schema, dialect }: Judged): { text: string; dialect: Dialect; uri: string } {
  return { text: JSON.stringify(schema), dialect, uri: dialectUri[dialect] };
}

function open(): Court {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('../worker/confirm.mjs', import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
    execArgv: [],
  });
  worker.unref();
  port1.unref();
  return { worker, port: port1, signal };
}

function verdictsOf(answer: unknown): readonly Verdict[] | string {
  if (typeof answer !== 'object' || answer === null) return 'the validators gave no answer';
  if ('error' in answer) return String(answer.error);
  const list: unknown = 'verdicts' in answer ? answer.verdicts : undefined;
  if (!Array.isArray(list)) return 'the validators gave no answer';
  return list.map((item: unknown) => {
    const [old, next] = Array.isArray(item) ? item : [];
    return { old: pair(old), new: pair(next) };
  });
}

function pair(value: unknown): readonly [boolean, boolean] {
  const [ajv, hyperjump]: unknown[] = Array.isArray(value) ? value : [];
  return [ajv === true, hyperjump === true];
}

/** Whether both validators accept the document under the one schema and refuse it under the other. */
export function breaks(verdict: Verdict | undefined, direction: 'backward' | 'forward'): boolean {
  if (verdict === undefined) return false;
  const [valid, invalid] = direction === 'backward' ? [verdict.old, verdict.new] : [verdict.new, verdict.old];
  return valid.every(Boolean) && !invalid.some(Boolean);
}

/** Whether a schema can be handed to a validator at all. */
export function isSchema(schema: unknown): schema is Json {
  return typeof schema === 'boolean' || isObject(schema);
}
