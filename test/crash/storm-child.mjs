// storm-child.mjs OPTIONS: publishes and appends until it is killed, and says on descriptor 3 what it did:
//   r                      it begins
//   a EVENTS VETOES US     so many records of the life were accepted, at this monotonic time
//   p VERSION              this version of every surface was accepted
//   f EVENTS VETOES VERSION  a flush that covers so much said ok
//   e TEXT                 something was refused or failed
import { writeSync } from 'node:fs';
import { document, ledgers, record, surfaces, VERSIONS_PER_LIFE } from './records.mjs';

const { writer: module, dir, life, pace, options } = JSON.parse(process.argv[2]);
const { createWriter } = await import(module);
const writer = createWriter({ dir, ...options });
/** At most so many accepted records wait for a flush. */
const OUTSTANDING = 1_000;
const count = Object.fromEntries(ledgers.map((ledger) => [ledger, 0]));
let version = life * VERSIONS_PER_LIFE;
let flushed = 0;
let flushing = null;

const say = (...words) => writeSync(3, `${words.join(' ')}\n`);

say('r');
for (let round = 1; ; round += 1) {
  if (pace === 'paced' || round % 3 === 1) publish();
  append(pace === 'paced' ? 10 : 1 + ((round * 13 + life) % 16));
  // In most lives the threads of the writer have begun before the bulk of the records comes.
  if (round === 1 && life % 4 !== 0) await flush();
  if (round % 5 === 1) void flush();
  while (count.events - flushed > OUTSTANDING) await flush();
  await new Promise((resolve) => (pace === 'full' ? setImmediate(resolve) : setTimeout(resolve, 5)));
}

function publish() {
  version += 1;
  for (const surface of surfaces) take(writer.publish(surface, document(surface, version)));
  say('p', version);
}

function append(records) {
  for (let index = 0; index < records; index += 1)
    for (const ledger of ledgers) take(writer.append(ledger, record(ledger, life, count[ledger]++)));
  say('a', count.events, count.risk_vetoes, process.hrtime.bigint() / 1000n);
}

function flush() {
  flushing ??= flushOnce().finally(() => (flushing = null));
  return flushing;
}

async function flushOnce() {
  const covered = [count.events, count.risk_vetoes, version];
  const { ok, findings } = await writer.flush(...(options?.flush ?? []));
  flushed = covered[0];
  if (ok) say('f', ...covered);
  else say('e', JSON.stringify(findings));
}

function take({ ok, findings }) {
  if (!ok) say('e', JSON.stringify(findings));
}
