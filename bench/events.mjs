/**
 * Events per second, and what an append costs its caller: validated records through the writer beside pino and sonic-boom in
 * their modes and a batch of 64 KB of JSON.stringify, none of which looks at what it writes. All write the same events of
 * 275 bytes to a file; the time is from the first append until all are in the file. Candidates take turns in one run; ratios
 * are to the best mode of each peer. How often lines were put on disk is counted by strace, in a run of its own. `--quick`
 * takes fewer rounds; `--disk DIR`, `--memory DIR` name the places.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { createWriter } from '@hedge-telemetry/writer';
import pino from 'pino';
import SonicBoom from 'sonic-boom';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    disk: { type: 'string', default: tmpdir() },
    memory: { type: 'string', default: '/dev/shm' },
    /** A single round of this candidate, on the disk, for whoever traces it. */
    only: { type: 'string' },
  },
});
const rounds = values.quick ? 3 : 9;
const count = values.quick ? 30_000 : 100_000;
/** Events before the clock is started: an executor writes for days, and its threads are warm. */
const warmUp = 30_000;
/** Appends between two turns of the event loop. */
const burst = 500;

/** An event of 275 bytes as JSON, with fresh numbers and ids. */
function event(number) {
  return {
    ts: '2026-03-14T09:26:53.589Z',
    type: 'fill',
    symbol: number % 3 === 0 ? 'BTCUSDT' : 'ETHUSDT',
    qty: 0.003 + (number % 97) / 1000,
    price: 90_210 + (number % 9973) / 10,
    is_maker: number % 2 === 0,
    slippage_bps: ((number % 41) - 20) / 10,
    metadata: { attempt: number, route: 'maker_first', latency_ms: 12 + (number % 13) / 8 },
    order_id: String(8_389_765_500_000_000_000n + BigInt(number)),
    client_order_id: `x-HNA2TXFJ${number.toString(36)}`,
  };
}

const GROUPED = 'writer, fdatasync in groups';

const candidates = {
  writer(file) {
    const dir = `${file}.logs`;
    const writer = createWriter({ dir, syncEvery: Infinity, onFinding: ({ message }) => console.error(message) });
    return appended(writer, dir);
  },
  [GROUPED](file) {
    const dir = `${file}.logs`;
    const writer = createWriter({ dir, syncEvery: 200, onFinding: ({ message }) => console.error(message) });
    return appended(writer, dir);
  },
  'batch of 64 KB, unchecked': batched,
  'sonic-boom, sync': (file) => boomed(new SonicBoom({ dest: file, sync: true, minLength: 0 })),
  'sonic-boom, async': (file) => boomed(new SonicBoom({ dest: file, sync: false, minLength: 4096 })),
  'pino, sync': (file) => logged(pino.destination({ dest: file, sync: true })),
  'pino, async': (file) => logged(pino.destination({ dest: file, sync: false, minLength: 4096 })),
  'pino, worker': (file) => logged(pino.transport({ target: 'pino/file', options: { destination: file } })),
};

function appended(writer, dir) {
  return {
    file: path.join(dir, 'execution/events.jsonl'),
    append(record) {
      const { ok, findings } = writer.append('events', record);
      if (ok) return true;
      if (findings[0]?.rule !== 'queue-full') throw new Error(findings[0]?.message);
      return false;
    },
    drained: () => writer.flush(),
    end: () => writer.close(),
  };
}

function batched(file) {
  const fd = fs.openSync(file, 'a');
  let batch = '';
  const write = () => {
    fs.writeSync(fd, batch);
    batch = '';
  };
  return {
    file,
    append(record) {
      batch += `${JSON.stringify(record)}\n`;
      if (batch.length >= 65_536) write();
      return true;
    },
    drained: async () => write(),
    end: async () => fs.closeSync(fd),
  };
}

function boomed(boom) {
  return {
    append: (record) => (boom.write(`${JSON.stringify(record)}\n`), true),
    drained: () => new Promise((resolve) => boom.flush(resolve)),
    end: () => new Promise((resolve) => boom.once('close', resolve).end()),
  };
}

function logged(destination) {
  const log = pino({ base: null, timestamp: false }, destination);
  return {
    append: (record) => (log.info(record), true),
    drained: () => new Promise((resolve) => destination.flush(resolve)),
    end: () => new Promise((resolve) => destination.once('close', resolve).end()),
  };
}

async function measured(make, dir) {
  const file = path.join(fs.mkdtempSync(path.join(dir, 'round-')), 'events.jsonl');
  const { append, drained, end, file: written = file } = make(file);
  for (let number = 0; number < warmUp; number += 1) {
    append(event(number));
    if (number % burst === 0) await turn();
  }
  await drained();
  const records = Array.from({ length: count }, (_, number) => event(number));
  const costs = new Float64Array(count);
  let waits = 0;
  const start = process.hrtime.bigint();
  for (let number = 0; number < count;) {
    const before = process.hrtime.bigint();
    const taken = append(records[number]);
    costs[number] = Number(process.hrtime.bigint() - before);
    if (!taken) {
      waits += 1;
      await drained();
    } else number += 1;
    if (number % burst === 0) await turn();
  }
  await drained();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  await end();
  const lines = fs.readFileSync(written, 'latin1').split('\n').length - 1;
  if (lines !== count + warmUp) throw new Error(`${lines} lines of ${count + warmUp}`);
  fs.rmSync(path.dirname(file), { recursive: true, force: true });
  costs.sort();
  return { seconds, rate: count / seconds, median: costs[count >> 1], p99: costs[Math.floor(0.99 * count)], waits };
}

async function compare(where, parent) {
  const dir = fs.mkdtempSync(path.join(parent, 'events-'));
  const results = new Map(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1)
    for (const [name, make] of Object.entries(candidates)) {
      const result = await measured(make, dir);
      if (round >= 0) results.get(name).push(result);
    }
  fs.rmSync(dir, { recursive: true, force: true });
  const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
  const rateOf = (name) => median(results.get(name).map(({ rate }) => rate));
  const best = (peer) => Math.max(...[...results.keys()].filter((name) => name.startsWith(peer)).map(rateOf));
  console.log(`${where}: ${count} events, ${rounds} rounds each; the cost of an append includes reading the clock`);
  for (const [name, all] of results)
    console.log(
      `  ${name.padEnd(28)} ${Math.round(rateOf(name) / 1000)} k/s, append ${(median(all.map((each) => each.median)) / 1000).toFixed(1)} us, p99 ${(median(all.map((each) => each.p99)) / 1000).toFixed(1)} us`,
    );
  const writer = rateOf('writer');
  for (const peer of ['pino', 'sonic-boom', 'batch'])
    console.log(`  writer ${(writer / best(peer)).toFixed(2)} x the best mode of ${peer}`);
  console.log(`  fdatasync in groups ${(rateOf(GROUPED) / writer).toFixed(2)} x without`);
}

/** Counts the fdatasync calls of a process of its own. */
function countSyncs() {
  const trace = path.join(fs.mkdtempSync(path.join(tmpdir(), 'syncs-')), 'trace');
  const strace = ['-f', '--seccomp-bpf', '-qq', '-e', 'trace=fdatasync', '-o', trace];
  const self = [process.execPath, import.meta.filename, '--disk', values.disk, '--only', GROUPED];
  const { status, stdout, stderr, error } = spawnSync('strace', [...strace, ...self], { encoding: 'utf8' });
  const syncs = status === 0 ? fs.readFileSync(trace, 'utf8').split('fdatasync(').length - 1 : 0;
  fs.rmSync(path.dirname(trace), { recursive: true });
  if (status !== 0) return `not counted, since strace does not run here: ${error?.message ?? stderr}`;
  return `${syncs} fdatasync calls in a run of ${stdout.trim()}`;
}

/** pino's worker does not hold the process, nor does waiting for it. */
setInterval(() => undefined, 1000);

if (values.only !== undefined) {
  const dir = fs.mkdtempSync(path.join(values.disk, 'events-'));
  const { seconds } = await measured(candidates[values.only], dir);
  fs.rmSync(dir, { recursive: true, force: true });
  console.log(`${warmUp + count} events, the last ${count} of them in ${seconds.toFixed(2)} s`);
} else {
  await compare('memory', values.memory);
  await compare('disk', values.disk);
  console.log(`fdatasync in groups: ${countSyncs()}`);
}
process.exit(0);
