// remote-writer.mjs OPTIONS: a writer that does what it is told, one line of JSON on its standard input after the other,
// and answers each with a line of JSON on descriptor 3.
import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { document, ledgers, record, surfaces, VERSIONS_PER_LIFE } from './records.mjs';

const { writer: module, dir, life, options } = JSON.parse(process.argv[2]);
const { createWriter } = await import(module);
const heard = [];
const writer = createWriter({ dir, ...options, onFinding: (finding) => heard.push(finding) });
const accepted = { events: 0, risk_vetoes: 0 };
const rejected = { events: 0, risk_vetoes: 0 };
let version = life * VERSIONS_PER_LIFE;

const commands = {
  publish() {
    version += 1;
    const results = surfaces.map((surface) => writer.publish(surface, document(surface, version)));
    return { version, ok: results.every(({ ok }) => ok) };
  },
  append(count) {
    for (let index = 0; index < count; index += 1)
      for (const ledger of ledgers)
        if (writer.append(ledger, record(ledger, life, accepted[ledger])).ok) accepted[ledger] += 1;
        else rejected[ledger] += 1;
    return { accepted, rejected };
  },
  flush: (flushOptions) => writer.flush(flushOptions),
  close: () => writer.close(),
  stats: () => ({ ...writer.stats().surfaces, ...writer.stats().ledgers }),
  heard: () => heard.splice(0),
  work,
};

/** Publishes and appends every few milliseconds, as an executor would, and says how the event loop turned meanwhile. */
async function work(milliseconds) {
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const until = performance.now() + milliseconds;
  let turns = 0;
  for (; performance.now() < until; turns += 1) {
    commands.publish();
    commands.append(5);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  delay.disable();
  return { turns, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, accepted, rejected };
}

for await (const line of createInterface({ input: process.stdin })) void obey(JSON.parse(line));

async function obey({ number, name, argument }) {
  writeSync(3, `${JSON.stringify({ number, result: (await commands[name](argument)) ?? null })}\n`);
}
