// fault-child.mjs OPTIONS: publishes, appends and flushes in rounds whatever happens, ends the fault by removing the file
// `until`, flushes once more, and closes. Prints as storm-child.mjs does, and at the end one line of JSON. Writes what it
// prints to the file `marks` too, so that it has its place among the calls that are recorded.
import { openSync, rmSync, writeSync } from 'node:fs';
import { document, ledgers, record, surfaces, VERSIONS_PER_LIFE } from './records.mjs';

const { writer: module, dir, life, rounds, until, marks, options, flush = [] } = JSON.parse(process.argv[2]);
const { createWriter } = await import(module);
const marksFile = marks === undefined ? null : openSync(marks, 'w');
const heard = [];
const writer = createWriter({ dir, ...options, onFinding: (finding) => heard.push(finding) });
const RECORDS_PER_ROUND = 3;
const accepted = { events: 0, risk_vetoes: 0 };
const refused = { events: 0, risk_vetoes: 0 };
let version = life * VERSIONS_PER_LIFE;

process.exitCode = 7;
process.on('uncaughtException', (error) => say('e', `uncaught: ${error.stack}`));
process.on('unhandledRejection', (error) => say('e', 'unhandled:', String(error)));
for (let round = 1; round <= rounds; round += 1) {
  version += 1;
  for (const surface of surfaces) writer.publish(surface, document(surface, version));
  say('p', version);
  for (let index = 0; index < RECORDS_PER_ROUND; index += 1) for (const ledger of ledgers) append(ledger);
  say('a', accepted.events, accepted.risk_vetoes, process.hrtime.bigint() / 1000n);
  await flushOnce();
}
if (until !== undefined) rmSync(until, { force: true });
const last = await flushOnce();
await writer.close();
const { surfaces: published, ledgers: appended } = writer.stats();
say('j', JSON.stringify({ accepted, refused, version, last, heard, stats: { ...published, ...appended } }));

function append(ledger) {
  const { ok } = writer.append(ledger, record(ledger, life, accepted[ledger]));
  if (ok) accepted[ledger] += 1;
  else refused[ledger] += 1;
}

async function flushOnce() {
  const result = await writer.flush(...flush);
  if (result.ok) say('f', accepted.events, accepted.risk_vetoes, version);
  return result;
}

function say(...words) {
  const line = `${words.join(' ')}\n`;
  writeSync(3, line);
  if (marksFile !== null) writeSync(marksFile, line);
}
