/**
 * What publishing costs its caller: 15 surfaces of a paper executor, once per 10 ms loop. The writer (documents checked
 * and encoded into shared memory, files written by its thread) beside JSON.stringify into a ring of shared memory (nothing
 * checked; what is read from the ring is thrown away), postMessage of the documents to a thread, write-file-atomic, and bare
 * calls of node:fs. Candidates take turns, loop by loop, in one run; ratios are to the ring. `--quick` takes fewer rounds,
 * `--period MS` another loop, `--disk DIR` and `--memory DIR` other places. Files are written without fsync by all.
 */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { registry } from '@hedge-telemetry/contract';
import { createPaperExecutor } from '@hedge-telemetry/paper-executor';
import { createWriter } from '@hedge-telemetry/writer';
import writeFileAtomic from 'write-file-atomic';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    period: { type: 'string', default: '10' },
    disk: { type: 'string', default: tmpdir() },
    memory: { type: 'string', default: '/dev/shm' },
  },
});
const rounds = values.quick ? 60 : 400;
const warmUp = values.quick ? 1000 : 6000;
const period = Number(values.period);

/** Documents of the next loop of a paper executor: fresh objects with fresh numbers. */
function createSource() {
  let documents = [];
  let seconds = 1_764_000_000;
  const taken = { ok: true, findings: [] };
  const writer = {
    publish: (surface, document) => (documents.push([surface, document]), taken),
    append: () => taken,
    flush: async () => taken,
    close: async () => taken,
    stats: () => ({}),
  };
  const executor = createPaperExecutor({ writer, seed: 5, now: () => (seconds += 0.5) });
  return () => {
    documents = [];
    executor.step();
    return documents;
  };
}

const SINK = `
const { parentPort, workerData } = require('node:worker_threads');
if (workerData === null) parentPort.on('message', () => undefined);
else for (let bell = 0; ; bell = Atomics.load(workerData, 0)) Atomics.wait(workerData, 0, bell, 5);`;

function ring() {
  const bytes = Buffer.from(new SharedArrayBuffer(1 << 22));
  const words = new Int32Array(new SharedArrayBuffer(64));
  const worker = new Worker(SINK, { eval: true, workerData: words });
  let head = 0;
  return {
    publish(_, document) {
      const text = JSON.stringify(document);
      if (head + 3 * text.length > bytes.length) head = 0;
      head += bytes.write(text, head);
      Atomics.store(words, 1, head);
      Atomics.add(words, 0, 1);
      Atomics.notify(words, 0);
    },
    end: () => worker.terminate(),
  };
}

function posted() {
  const worker = new Worker(SINK, { eval: true, workerData: null });
  return { publish: (surface, document) => worker.postMessage([surface, document]), end: () => worker.terminate() };
}

function writer(dir) {
  const made = createWriter({ dir, durability: 'fast', onFinding: ({ message }) => console.error(message) });
  return {
    publish(surface, document) {
      if (!made.publish(surface, document).ok) throw new Error(`${surface} was refused`);
    },
    end: () => made.close(),
  };
}

function bare(dir) {
  const fileOf = (surface) => path.join(dir, path.basename(registry[surface].file));
  let counter = 0;
  return {
    publish(surface, document) {
      const temporary = `${fileOf(surface)}.${(counter += 1)}`;
      fs.writeFileSync(temporary, JSON.stringify(document));
      fs.renameSync(temporary, fileOf(surface));
    },
    end: async () => undefined,
  };
}

function atomic(dir) {
  const writes = new Set();
  return {
    publish(surface, document) {
      const file = path.join(dir, path.basename(registry[surface].file));
      const write = writeFileAtomic(file, JSON.stringify(document), { fsync: false });
      writes.add(write);
      void write.finally(() => writes.delete(write));
    },
    end: () => Promise.all(writes),
  };
}

const candidates = {
  'stringify into a ring': ring,
  writer,
  'postMessage of the document': posted,
  'write-file-atomic, async': atomic,
  'bare fs calls, sync': bare,
};

async function compare(where, parent) {
  const dir = fs.mkdtempSync(path.join(parent, 'hand-off-'));
  const next = createSource();
  const running = Object.entries(candidates).map(([name, make]) => {
    const own = path.join(dir, name.replaceAll(/\W+/g, '-'));
    fs.mkdirSync(own);
    return { name, times: [], ...make(own) };
  });
  const publishAll = ({ publish }, documents) => {
    const start = process.hrtime.bigint();
    for (const [surface, document] of documents) publish(surface, document);
    return Number(process.hrtime.bigint() - start) / 1000;
  };
  for (let round = 0; round < warmUp; round += 1) for (const each of running.slice(0, 2)) publishAll(each, next());
  for (let round = 0; round < rounds; round += 1) {
    for (const each of running) {
      await delay(period);
      each.times.push(publishAll(each, next()));
    }
  }
  for (const each of running) await each.end();
  const at = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(share * (times.length - 1))];
  const base = at(running[0].times, 0.5);
  console.log(`${where}: 15 surfaces every ${period} ms, ${rounds} loops each; caller's cost`);
  for (const { name, times } of running) {
    const [median, p99] = [at(times, 0.5), at(times, 0.99)];
    console.log(
      `  ${name.padEnd(28)} ${(median / base).toFixed(2)} x the ring, p99 ${(p99 / median).toFixed(1)} x its median (${median.toFixed(0)} us, p99 ${p99.toFixed(0)} us)`,
    );
  }
  fs.rmSync(dir, { recursive: true, force: true });
}

await compare('memory', values.memory);
await compare('disk', values.disk);
process.exit(0);
