/**
 * What the dashboard's server costs: the time to the parts of the page, and the delivery of a changed surface to 1,000
 * event streams, beside a peer that reads the file and makes the message for each of its readers. Both serve the same
 * directory from one process, in turns; the readers live in another process.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startDashboard } from '@hedge-telemetry/dashboard';
import { createPaperExecutor } from '@hedge-telemetry/paper-executor';
import { createReader } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';

const SURFACE = 'router_health';
const CLIENTS = process.argv.includes('--quick') ? 200 : 1_000;
const ROUNDS = 5;

if (process.send === undefined) await measure();
else runClients();

async function measure() {
  const dir = mkdtempSync(path.join(tmpdir(), 'bench-dashboard-'));
  try {
    await fill(dir);
    await firstHtml(dir);
    await delivery(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** 50 symbols. */
async function fill(dir) {
  const writer = createWriter({ dir });
  const symbols = Array.from({ length: 50 }, (_each, index) => `SYM${index}USDT`);
  const executor = createPaperExecutor({ writer, seed: 7, symbols });
  for (let loop = 0; loop < 20; loop += 1) executor.step();
  await writer.close();
}

async function firstHtml(dir) {
  const starts = [];
  const later = [];
  for (let round = 0; round < 5; round += 1) {
    const dashboard = await startDashboard({ dir });
    starts.push(await partsOf(dashboard.port));
    for (let request = 0; request < 5; request += 1) later.push(await partsOf(dashboard.port));
    await dashboard.close();
  }
  const groups = { 'first request': [starts[0]], 'first of a warm process': starts, 'any other': later };
  for (const [name, all] of Object.entries(groups)) {
    const [head, figures, whole] = ['head', 'figures', 'whole'].map((part) =>
      ms(median(all.map((each) => each[part]))),
    );
    console.log(
      `HTML, 50 symbols, ${name}: styles named after ${head}, first figures after ${figures}, all after ${whole}`,
    );
  }
}

/** When the parts of the page are there: the head, the table of the first figures, and everything. */
function partsOf(port) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const times = {};
    let text = '';
    const asked = request({ host: '127.0.0.1', port, path: '/', agent: false }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
        if (text.includes('</head>')) times.head ??= performance.now() - start;
        if (text.includes('id="headline"') && text.includes('Open positions'))
          times.figures ??= performance.now() - start;
      });
      response.on('end', () => resolve({ ...times, whole: performance.now() - start }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function delivery(dir) {
  const memory = process.memoryUsage().rss;
  const contestants = [await sharedServer(dir), await naiveServer(dir)];
  for (const each of contestants) each.clients = await attach(each.port);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const each of contestants) each.results.push(await oneChange(dir, each));
  }
  for (const { name, results } of contestants) {
    const cpu = (1000 * median(results.map((each) => each.cpu))) / CLIENTS;
    const worst = Math.max(...results.map((each) => each.wall));
    console.log(
      `${CLIENTS} readers, ${name}: all have it after ${ms(median(results.map((each) => each.wall)))} (worst ${ms(worst)}), ` +
        `${cpu.toFixed(0)} us of CPU each, ${median(results.map((each) => each.reads))} reads of the file`,
    );
  }
  const [shared, naive] = contestants.map(({ results }) => results);
  const ratio = (key) => (median(shared.map((each) => each[key])) / median(naive.map((each) => each[key]))).toFixed(2);
  console.log(`shared over per reader: ${ratio('wall')}x the time, ${ratio('cpu')}x the CPU`);
  const grown = (process.memoryUsage().rss - memory) / 2 ** 20;
  console.log(`memory for ${2 * CLIENTS} open streams after ${2 * ROUNDS} changes: ${grown.toFixed(0)} MB more`);
  for (const { clients, close } of contestants) {
    clients.kill();
    await close();
  }
}

async function sharedServer(dir) {
  const dashboard = await startDashboard({ dir, limits: { maxClients: CLIENTS } });
  const { port, hub } = dashboard;
  const [look, reads, close] = [() => hub.look(), () => hub.reads(), () => dashboard.close()];
  return { name: 'made once', port, results: [], look, reads, close };
}

/** For each reader: read, interpret, stringify, write. */
async function naiveServer(dir) {
  const reader = createReader({ dir });
  const responses = new Set();
  let reads = 0;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    responses.add(response);
    response.on('close', () => responses.delete(response));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tell = async (response) => {
    reads += 1;
    response.write(`event: surface\ndata: ${JSON.stringify({ surface: await reader.read(SURFACE) })}\n\n`);
  };
  return {
    name: 'read and made for each',
    port: server.address().port,
    results: [],
    look: async () => {
      for (const response of responses) await tell(response);
    },
    reads: () => reads,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}

/** The time from the change of the file until the last reader has the message. */
async function oneChange(dir, { clients, look, reads }) {
  const mark = `MARK${String(Math.random()).slice(2)}`;
  const listening = told(clients);
  clients.send(mark);
  await listening;
  const done = told(clients);
  const readsBefore = reads();
  const cpu = process.cpuUsage();
  const start = performance.now();
  replace(dir, mark);
  await look();
  await done;
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000, reads: reads() - readsBefore };
}

function replace(dir, mark) {
  const file = path.join(dir, `state/${SURFACE}.json`);
  const document = JSON.parse(readFileSync(file, 'utf8'));
  document.symbols[0].symbol = mark.slice(0, 20);
  document.updated_ts = Date.now() / 1000;
  writeFileSync(`${file}.bench`, JSON.stringify(document));
  renameSync(`${file}.bench`, file);
}

async function attach(port) {
  const child = fork(import.meta.filename, [String(port), ...process.argv.slice(2)]);
  await told(child);
  return child;
}

function told(child) {
  return new Promise((resolve) => child.once('message', resolve));
}

/** The other process: it opens the streams, then says when all of them have seen a mark. */
function runClients() {
  const port = Number(process.argv[2]);
  let mark = null;
  let left = 0;
  let opened = 0;
  for (let index = 0; index < CLIENTS; index += 1) {
    const client = { tail: '', seen: null };
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
    );
    socket.once('data', () => {
      opened += 1;
      if (opened === CLIENTS) setTimeout(() => process.send('open'), 1_000);
    });
    socket.on('data', (chunk) => {
      if (mark === null || client.seen === mark) return;
      client.tail = `${client.tail.slice(-40)}${chunk.toString('latin1')}`;
      if (!client.tail.includes(mark)) return;
      client.seen = mark;
      client.tail = '';
      left -= 1;
      if (left === 0) process.send('all');
    });
  }
  process.on('message', (next) => {
    mark = next.slice(0, 20);
    left = CLIENTS;
    process.send('listening');
  });
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

function ms(value) {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
