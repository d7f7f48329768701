import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';

import { dialectUri, type Dialect } from './dialect.js';
import type { Json } from './json.js';

/** A schema as text, and what its keywords mean. */
export interface Judged {
  readonly text: string;
  readonly dialect: Dialect;
}

/** Whether a value is valid under the schema of that index. */
export type Question = readonly [schema: number, value: Json];

/** One bit for ajv and one for hyperjump, set where it finds the value valid. */
export type Verdict = number;

/** Questions that were put to the validators; the answers come in later. */
export interface Request {
  answer: readonly Verdict[] | string | undefined;
}

interface Chamber {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** How many requests were posted, and how many answered. */
  readonly signal: Int32Array;
  readonly waiting: Request[];
  taken: number;
}

/** Far above what any judgement takes; reached only by a pattern that backtracks without end. */
const patienceMs = 10_000;

let chamber: Chamber | undefined;

/** Puts questions to the two validators, which begin on them at once, in a thread of their own. */
export function post(schemas: readonly Judged[], questions: readonly Question[]): Request {
  chamber ??= open();
  const request: Request = { answer: undefined };
  chamber.waiting.push(request);
  const asked = schemas.map(({ text, dialect }) => ({ text, dialect, uri: dialectUri[dialect] }));
  chamber.port.postMessage({ schemas: asked, questions }, []);
  Atomics.add(chamber.signal, 0, 1);
  Atomics.notify(chamber.signal, 0);
  return request;
}

/**
 * Waits for the answers, one per question. Returns the reason instead where a validator cannot take a schema or does
 * not come to an end.
 */
export function answerTo(request: Request): readonly Verdict[] | string {
  while (request.answer === undefined) {
    if (chamber === undefined || !awaitNext(chamber)) dismiss('the validators did not come to an end', request);
  }
  return request.answer;
}

function awaitNext(court: Chamber): boolean {
  const { signal, port, waiting, taken } = court;
  while (Atomics.load(signal, 1) === taken) {
    if (Atomics.wait(signal, 1, taken, patienceMs) === 'timed-out') return false;
  }
  court.taken += 1;
  const first = waiting.shift();
  if (first !== undefined) first.answer = verdictsOf(receiveMessageOnPort(port)?.message);
  return true;
}

/** Ends the thread; whatever it was asked stays unanswered. */
function dismiss(reason: string, request: Request): void {
  for (const open of [request, ...(chamber?.waiting ?? [])]) open.answer ??= reason;
  void chamber?.worker.terminate();
  chamber = undefined;
}

function open(): Chamber {
  const signal = new Int32Array(new SharedArrayBuffer(8));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('../worker/confirm.mjs', import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
    execArgv: [],
  });
  worker.on('error', () => {
    if (chamber?.worker === worker) chamber = undefined;
  });
  worker.unref();
  port1.unref();
  return { worker, port: port1, signal, waiting: [], taken: 0 };
}

function verdictsOf(answer: unknown): readonly Verdict[] | string {
  if (typeof answer === 'string') return answer;
  if (!Array.isArray(answer)) return 'the validators gave no answer';
  return answer.map(Number);
}
