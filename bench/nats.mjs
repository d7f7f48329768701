/**
 * Events per second into NATS JetStream: the sync of a ledger (lines read, scanned for secrets, chained, confirmed)
 * beside bare loops that publish the same lines: one that waits for each answer, one that keeps 1,024 answers awaited
 * (js.publish), and one that asks for none (core publish, then a flush; nobody knows what was stored). One server, the
 * rounds interleaved, the order turned each round; medians, and ratios of each round. `--quick` sends fewer events.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createNatsSink, createRemoteSync } from '@hedge-telemetry/fleet';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const quick = process.argv.includes('--quick');
const events = quick ? 5000 : 50_000;
const rounds = quick ? 2 : 5;
const window = 1024;
const waitedEvents = Math.min(events, 4000);

const root = mkdtempSync(path.join(tmpdir(), 'bench-nats-'));
const url = `nats://127.0.0.1:${await freePort()}`;
const server = spawn(
  'nats-server',
  ['-a', '127.0.0.1', '-p', url.split(':').at(-1), '-js', '-sd', path.join(root, 'store')],
  {
    stdio: 'ignore',
  },
);
server.on('error', () => {
  console.error('nats-server is not installed: apt-get install nats-server');
  process.exit(1);
});

try {
  await main();
} finally {
  server.kill();
  await sleep(200);
  rmSync(root, { recursive: true, force: true });
}

async function main() {
  const lines = makeLines();
  const bytes = lines.reduce((sum, { length }) => sum + length, 0);
  console.log(
    `${events} events of ${Math.round(bytes / events)} bytes, ${rounds} rounds, interleaved, one nats-server on loopback`,
  );
  const nc = await connected();
  const contenders = [
    ['sync of a ledger', (round) => syncLedger(lines, round)],
    ['js.publish, 1,024 awaited', (round) => publish(nc, lines, round, 'bare', windowed)],
    ['js.publish, one by one', (round) => publish(nc, lines.slice(0, waitedEvents), round, 'waited', oneByOne)],
    ['core publish, no answer', (round) => publish(nc, lines, round, 'core', unanswered)],
  ];
  const rates = new Map(contenders.map(([name]) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    const turned = contenders.map((_, index) => contenders[(index + round + contenders.length) % contenders.length]);
    for (const [name, run] of turned) {
      const rate = await run(round);
      if (round >= 0) rates.get(name).push(rate);
    }
  }
  await nc.close();
  const ours = rates.get('sync of a ledger');
  for (const [name, each] of rates) {
    const ratio = median(each.map((rate, round) => ours[round] / rate));
    console.log(
      `  ${name.padEnd(28)}${Math.round(median(each)).toLocaleString('en-US').padStart(10)} events/s   ratio ${ratio.toFixed(2)}`,
    );
  }
  console.log('ratio: events/s of the sync over those of the line, median of the rounds; above 1 the sync is faster');
}

async function syncLedger(lines, round) {
  const dir = path.join(root, `logs${round}`);
  mkdirSync(path.join(dir, 'execution'), { recursive: true });
  writeFileSync(path.join(dir, 'execution/events.jsonl'), Buffer.concat(lines));
  const sync = createRemoteSync({ from: dir, executor: `sync${round + 1}`, sink: createNatsSink({ servers: url }) });
  const begun = performance.now();
  const { ok, lines: sent } = await sync.once();
  const rate = sent / ((performance.now() - begun) / 1000);
  await sync.stop();
  if (!ok || sent !== events) throw new Error(`the sync sent ${sent} of ${events} events`);
  return rate;
}

async function publish(nc, lines, round, kind, loop) {
  const jsm = await jetstreamManager(nc);
  const [stream, subject] = [`${kind}${round + 1}`, `${kind}.${round + 1}`];
  await jsm.streams.add({ name: stream, subjects: [subject] });
  const begun = performance.now();
  await loop(nc, subject, lines);
  const rate = lines.length / ((performance.now() - begun) / 1000);
  await jsm.streams.delete(stream);
  return rate;
}

async function windowed(nc, subject, lines) {
  const js = jetstream(nc);
  const awaited = [];
  for (const line of lines) {
    awaited.push(js.publish(subject, line));
    if (awaited.length >= window) await awaited.shift();
  }
  await Promise.all(awaited);
}

async function oneByOne(nc, subject, lines) {
  const js = jetstream(nc);
  for (const line of lines) await js.publish(subject, line);
}

async function unanswered(nc, subject, lines) {
  for (const [index, line] of lines.entries()) {
    nc.publish(subject, line);
    if (index % 4096 === 4095) await nc.flush();
  }
  await nc.flush();
}

function makeLines() {
  return Array.from({ length: events }, (_, index) =>
    Buffer.from(
      `${JSON.stringify({
        schema: 'events_v1',
        type: 'fill',
        ts: 1_765_000_000 + index / 10,
        symbol: 'BTCUSDT',
        side: index % 2 === 0 ? 'BUY' : 'SELL',
        qty: 0.003,
        price: 90_210 + (index % 1000) / 10,
        is_maker: index % 3 === 0,
        slippage_bps: -0.4,
        order_id: `${9_007_199_254_740_993n + BigInt(index)}`,
        metadata: { strategy: 'momentum', intent: `intent-${index}` },
      })}\n`,
    ),
  );
}

async function connected() {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await connect({ servers: url });
    } catch (error) {
      if (attempt > 100) throw error;
      await sleep(50);
    }
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
