// ending-child.mjs DIR HOW: hands over documents and records, and ends at once in a way of its own.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createWriter } from '../dist/index.js';

const [dir, how] = process.argv.slice(2);
const threads = [];
process.on('worker', (thread) => threads.push(thread));
const writer = createWriter({ dir });
const RECORDS = 500;
const example = new URL('../../../schemas/examples/nav/valid/minimal.json', import.meta.url);

const ways = {
  'process.exit': () => process.exit(3),
  async 'process.exit after its threads'() {
    await writer.flush();
    await Promise.all(threads.map((thread) => thread.terminate()));
    append();
    // Behind the writer's own listener: what that one began goes on, however long it takes here.
    process.on('exit', () => awaitLines(2 * RECORDS));
    process.exit(3);
  },
  'uncaught exception': () => {
    throw new Error('on purpose');
  },
  'unhandled rejection': () => void Promise.reject(new Error('on purpose')),
  'the end of its work': () => undefined,
  SIGTERM: () => wait('SIGTERM'),
  SIGINT: () => wait('SIGINT'),
  'SIGTERM with a listener': () => {
    process.on('SIGTERM', () => process.exit(7));
    wait('SIGTERM');
  },
  'SIGTERM without an end'() {
    process.on('SIGTERM', () => setInterval(() => lines() === RECORDS && process.kill(process.pid, 'SIGKILL'), 5));
    wait('SIGTERM');
  },
};

function lines() {
  const ledger = path.join(dir, 'execution/nav_history.jsonl');
  return existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n').length - 1 : 0;
}

/** Waits without turning the event loop; gives up in the end, where the file does not grow to this. */
function awaitLines(count) {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (let left = 3000; left > 0 && lines() < count; left -= 1) Atomics.wait(never, 0, 0, 10);
}

function append() {
  for (let number = 0; number < RECORDS; number += 1)
    if (!writer.append('nav_history', { ts: 1_764_000_000, nav_total: number }).ok) throw new Error('refused');
}

function wait(signal) {
  setInterval(() => undefined, 1000);
  process.kill(process.pid, signal);
}

// The threads are started before, since a busy machine takes longer for that than the end of a process waits.
writer.publish('nav', JSON.parse(readFileSync(example, 'utf8')));
writer.append('events', {
  type: 'order',
  symbol: 'ETHUSDT',
  qty: 0.25,
  price: null,
  is_maker: null,
  slippage_bps: null,
  metadata: {},
});
await writer.flush();
setImmediate(() => {
  append();
  writer.publish('positions', []);
  ways[how]();
});
