// ending-child.mjs DIR HOW: hands over documents and records, and ends at once in a way of its own.
import { createWriter } from '../dist/index.js';

const [dir, how] = process.argv.slice(2);
const writer = createWriter({ dir });
const RECORDS = 500;

for (let number = 0; number < RECORDS; number += 1)
  if (!writer.append('nav_history', { ts: 1_764_000_000, nav_total: number }).ok) throw new Error('refused');
writer.publish('positions', []);

const ways = {
  'process.exit': () => process.exit(3),
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
};

function wait(signal) {
  setInterval(() => undefined, 1000);
  process.kill(process.pid, signal);
}

ways[how]();
