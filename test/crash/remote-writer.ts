import type { Finding } from '@hedge-telemetry/contract';
import { onTestFinished } from 'vitest';
import { startChild } from './children.js';
import type { Ended } from './children.js';
import type { Ledger, Surface } from './records.mjs';
import { builtWriter } from './writer-copy.js';

type Counts = Readonly<Record<Ledger, number>>;

/** What flush() and close() resolve with. */
export interface Flushed {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** How the event loop turned while the writer was used. */
export interface Turns {
  readonly turns: number;
  /** Delays of the event loop in ms. */
  readonly p99: number;
  readonly max: number;
  readonly accepted: Counts;
  readonly rejected: Counts;
}

/** The counters of each surface and ledger. */
export type Stats = Readonly<Record<Ledger | Surface, Readonly<Record<string, number>>>>;

/** A writer in a process of its own. */
export interface RemoteWriter {
  /** Publishes the next version of every surface. */
  publish(): Promise<{ readonly ok: boolean; readonly version: number }>;
  /** Appends so many records to each ledger, and says how many were ever accepted and rejected. */
  append(count: number): Promise<{ readonly accepted: Counts; readonly rejected: Counts }>;
  flush(options?: { readonly durable?: boolean }): Promise<Flushed>;
  close(): Promise<Flushed>;
  stats(): Promise<Stats>;
  /** The findings since this was asked last. */
  heard(): Promise<readonly Finding[]>;
  /** Uses the writer for a while, as an executor would. */
  work(milliseconds: number): Promise<Turns>;
  /** Lets the process come to its end. */
  leave(): Promise<Ended>;
}

/** Starts a writer of a directory in a process of its own, which ends with the test at the latest. */
export function startRemoteWriter(dir: string, options: object = {}, under: readonly string[] = []): RemoteWriter {
  const waiting = new Map<number, (result: unknown) => void>();
  let answered = 0;
  let asked = 0;
  const job = { writer: builtWriter, dir, life: 1, options };
  const child = startChild('remote-writer.mjs', job, { under, onSaid });
  onTestFinished(() => void child.process.kill('SIGKILL'));

  function onSaid(said: string): void {
    const lines = said
      .slice(0, said.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
    for (const line of lines.slice(answered)) {
      answered += 1;
      const { number, result } = JSON.parse(line) as { number: number; result: unknown };
      waiting.get(number)?.(result);
    }
  }

  function ask<T>(name: string, argument?: unknown): Promise<T> {
    asked += 1;
    const number = asked;
    child.process.stdin?.write(`${JSON.stringify({ number, name, argument })}\n`);
    const answer = new Promise<unknown>((resolve) => waiting.set(number, resolve));
    const gone = child.ended.then((ended): never => {
      throw new Error(`the writer ended: ${JSON.stringify(ended)}`);
    });
    return Promise.race([answer as Promise<T>, gone]);
  }

  return {
    publish: () => ask('publish'),
    append: (count) => ask('append', count),
    flush: (options) => ask('flush', options),
    close: () => ask('close'),
    stats: () => ask('stats'),
    heard: () => ask('heard'),
    work: (milliseconds) => ask('work', milliseconds),
    leave() {
      child.process.stdin?.end();
      return child.ended;
    },
  };
}
