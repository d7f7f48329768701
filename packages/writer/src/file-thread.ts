import { Worker } from 'node:worker_threads';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceName } from '@hedge-telemetry/contract';
import { ANSWERED, ASKED, ASKED_DURABLE, createWords, ENDING, ringBell } from './hand-off/words.js';
import type { Words } from './hand-off/words.js';
import { COUNTERS } from './thread/protocol.js';
import type { FromThread, ThreadData, ToThread } from './thread/protocol.js';

/** The thread that writes files, seen from the caller's. It starts with the first memory that is sent to it. */
export interface FileThread {
  readonly words: Words;
  /** Sends memory, which the thread knows of before it looks for anything in it. */
  send(message: ToThread): void;
  /** Tells the thread that something was handed over. */
  ring(): void;
  /** Resolves with what could not be written of all that was handed over before. */
  flush(durable: boolean): Promise<readonly Finding[]>;
  /** Asks that all that was handed over be written; `wait` then waits for it so many milliseconds, without turning the event loop. */
  drain(): { wait(milliseconds: number): void };
  /** Ends the thread; resolves when its files are closed. */
  end(): Promise<void>;
  /** A counter of a surface, by its place among `surfaces`. */
  counter(index: number, counter: number): number;
  /** A counter over all surfaces. */
  total(counter: number): number;
}

export type FileThreadOptions = Omit<ThreadData, 'words' | 'counters'> & {
  readonly surfaces: readonly SurfaceName[];
  /** Hears the findings that arise in the thread. */
  readonly say: (finding: Finding) => void;
};

/** Compiled; the same path from the sources and from what they are compiled to. */
const THREAD = new URL('../dist/thread/main.js', import.meta.url);
/** A thread that ended is started anew after this time, in milliseconds. */
const RESTART_DELAY = 1000;

interface Waiting {
  readonly number: number;
  readonly resolve: (findings: readonly Finding[]) => void;
}

export function createFileThread({ surfaces, say, ...settings }: FileThreadOptions): FileThread {
  const words = createWords();
  const counters = new Float64Array(new SharedArrayBuffer(8 * COUNTERS * surfaces.length));
  const sent: ToThread[] = [];
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let ended = false;
  let cause = 'it ended by itself';
  let ending: Promise<void> = Promise.resolve();

  function start(): Worker {
    const data: ThreadData = { ...settings, words, counters };
    const started = new Worker(THREAD, { workerData: data, execArgv: [], stdout: false, stderr: false });
    for (const message of sent) started.postMessage(message);
    started.on('message', (message: FromThread) => hear(message));
    started.on('error', (error) => (cause = textOf(error)));
    started.on('exit', () => left(started));
    if (waiting.length === 0) started.unref();
    return started;
  }

  /** A thread that cannot be started, for want of memory, is tried again as one that ended is. */
  function begin(): void {
    try {
      worker = start();
    } catch (error) {
      cause = textOf(error);
      startAnew();
    }
  }

  /** A thread that ended by itself goes on in a new one: what it had not written is in shared memory. */
  function left(gone: Worker): void {
    if (worker !== gone || ended) return;
    worker = null;
    startAnew();
  }

  function startAnew(): void {
    say(lost());
    for (const { resolve } of waiting.splice(0)) resolve([lost()]);
    setTimeout(() => {
      if (!ended && worker === null) begin();
    }, RESTART_DELAY).unref();
  }

  function lost(): Finding {
    return finding('thread-ended', { expected: 'a thread that lives as long as its writer', actual: cause });
  }

  function hear(message: FromThread): void {
    for (const each of message.findings) if (!('answered' in message)) say(each);
    if (!('answered' in message)) return;
    const done = waiting.filter(({ number }) => number <= message.answered);
    waiting.splice(0, done.length);
    if (waiting.length === 0) worker?.unref();
    for (const { resolve } of done) resolve(message.findings);
  }

  function ask(durable: boolean): number {
    const number = Atomics.load(words, ASKED) + 1;
    // First what kind of flush it is: the thread may look at once.
    if (durable) Atomics.store(words, ASKED_DURABLE, number);
    Atomics.store(words, ASKED, number);
    ringBell(words);
    return number;
  }

  return {
    words,
    send(message) {
      if (ended) return;
      sent.push(message);
      if (worker === null) begin();
      else worker.postMessage(message);
    },
    ring: () => ringBell(words),
    flush(durable) {
      if (sent.length === 0 || ended) return Promise.resolve([]);
      if (worker === null) begin();
      if (worker === null) return Promise.resolve([lost()]);
      worker.ref();
      return new Promise((resolve) => {
        // Registered before it is asked for: the answer is heard in the event loop, later than this.
        waiting.push({ number: Atomics.load(words, ASKED) + 1, resolve });
        ask(durable);
      });
    },
    drain() {
      if (worker === null && sent.length > 0 && !ended) begin();
      const number = worker === null ? 0 : ask(false);
      return {
        wait(milliseconds) {
          const until = performance.now() + milliseconds;
          for (let seen = Atomics.load(words, ANSWERED); seen < number; seen = Atomics.load(words, ANSWERED)) {
            const left = until - performance.now();
            if (left <= 0) return;
            Atomics.wait(words, ANSWERED, seen, left);
          }
        },
      };
    },
    end() {
      if (ended) return ending;
      ended = true;
      const last = worker;
      if (last === null) return ending;
      last.ref();
      ending = new Promise<void>((resolve) => void last.once('exit', () => resolve()));
      Atomics.store(words, ENDING, 1);
      ringBell(words);
      return ending;
    },
    counter: (index, counter) => counters[index * COUNTERS + counter] ?? 0,
    total(counter) {
      let total = 0;
      for (let place = counter; place < counters.length; place += COUNTERS) total += counters[place] as number;
      return total;
    },
  };
}

/** Name and code alone: a message may quote what was being written. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
